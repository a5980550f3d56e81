"""What lies beside a journal: SQLite's side files, what a killed process left, and strangers."""
