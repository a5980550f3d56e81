"""What it adds up to: frozen results computed from a Diary. No store, no drawing."""
