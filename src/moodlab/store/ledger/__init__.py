"""Every write with its before and after, and what is made from that: undo, redo, erasing."""
