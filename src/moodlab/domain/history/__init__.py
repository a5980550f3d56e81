"""What was changed in a journal, and how it is told: steps to undo, and what was deleted."""
