"""What is true: metrics, days, ratings, labs, treatments, events. Standard library only."""
