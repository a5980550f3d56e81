"""What is jotted from anywhere: a question for the visit, an event."""
