"""The page Safety and its sections."""
