"""The journal file: engine, opening, schema, verified copies. Nothing about what a row means."""
