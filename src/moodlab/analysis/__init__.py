"""Frozen results computed from a Diary. Storage and drawing do not belong here."""
