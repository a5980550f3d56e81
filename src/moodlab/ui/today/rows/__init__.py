"""A row for each kind of answer."""
