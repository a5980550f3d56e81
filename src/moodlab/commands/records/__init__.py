"""Commands on records by their id or day: shown, changed, deleted and put back."""
