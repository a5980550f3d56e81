"""The events of the page Treatments & events."""
