"""Backups: made, named, thinned, previewed, restored. The journal itself stays in `file`."""
