"""What entries of the menus do themselves: journals, text fields, About. No page."""
