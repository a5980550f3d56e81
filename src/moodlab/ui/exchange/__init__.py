"""Import and export in the window. Formats stay in `moodlab.exchange`."""
