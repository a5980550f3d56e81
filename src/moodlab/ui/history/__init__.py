"""History: the calendar, and all that is known about one of its days."""
