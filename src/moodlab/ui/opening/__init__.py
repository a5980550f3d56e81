"""From start to open journal, and from one journal to the next. No page."""
