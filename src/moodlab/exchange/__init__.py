"""How it comes in and goes out: one file for each format, no store and no Qt."""
