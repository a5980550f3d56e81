"""Keys, passphrases, and writing a journal anew under another key."""
