"""What goes onto paper: sizes of it, a preview of the sheets, and printing them."""
