"""Widgets that two or more pages use. What one page uses stays in its folder."""
