"""What a person chose to keep track of: metrics of one's own, questionnaires, Days when."""
