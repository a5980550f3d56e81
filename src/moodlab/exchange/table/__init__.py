"""What the rows of a mapped table mean: days and moments, answers, doses and events."""
