"""Telephones for trying the line: on the engine itself, on TwiML, and over HTTP; and rehearsals, which use them."""
