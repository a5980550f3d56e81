"""The journal file: engine, opening, schema, replacing it whole. Nothing about what a row means."""
