"""The page Today and its parts."""
