"""The page What to track and its parts."""
