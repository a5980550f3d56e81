"""The page Treatments & events and its parts."""
