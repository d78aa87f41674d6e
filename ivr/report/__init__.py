"""What callers wanted: the journal as tables and charts, for the terminal, a page, or a program."""
