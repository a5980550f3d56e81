"""A week: the grid into which a sheet filled in by hand is typed, and the blank sheet."""
