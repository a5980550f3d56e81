"""Commands on what a journal is set up with: what is tracked, settings, contacts, own tests."""
