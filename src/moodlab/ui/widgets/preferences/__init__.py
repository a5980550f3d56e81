"""Controls of settings that a page and a first screen share."""
