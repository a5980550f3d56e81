"""Where it is kept: the only code that knows SQLite."""
