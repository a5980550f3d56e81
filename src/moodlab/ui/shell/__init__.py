"""The frame around the pages: navigation, menus, bars, focus, drafts. No page."""
