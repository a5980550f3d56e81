"""What several charts are made of: panels over time and what stands around them."""
