"""A number of a Twilio account: what is set on it, and what this line needs there."""
