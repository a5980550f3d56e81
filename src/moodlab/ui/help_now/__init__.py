"""The page “If you need help now” and the numbers that come with MoodLab."""
