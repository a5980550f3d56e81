"""The page's content as plain text in blocks. Layout belongs in the parent folder."""
