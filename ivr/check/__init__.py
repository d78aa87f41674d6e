"""The proof that a script keeps the rules of accessibility, before anyone hears it."""
