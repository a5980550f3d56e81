"""What the page says, as plain text in blocks. How it is laid out stays in the folder above."""
