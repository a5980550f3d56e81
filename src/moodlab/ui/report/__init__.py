"""The page Report and its parts. What the report says stays in `moodlab.report`."""
