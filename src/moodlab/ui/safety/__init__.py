"""The page Security & backups and its sections."""
