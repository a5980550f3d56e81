"""Stores the journal. The only code that uses SQLite."""
