"""MoodLab: a private journal for energy, drive, mood, sleep and blood results."""

__version__ = "0.1.0"
