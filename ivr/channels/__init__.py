"""The dialects in which a call is held, one file each, both directions."""
