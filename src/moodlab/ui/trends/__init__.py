"""The page Trends and its parts."""
