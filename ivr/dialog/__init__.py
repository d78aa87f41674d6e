"""The call itself, as a pure function: `turn.turn(script, state, input)` answers one input of one caller."""
