"""The page Settings: a registry of rows, and the controls in them."""
