"""One book for each kind of record, on top of the ledger. No SQLite files, no keys."""
