"""The panels of blood results. Ratings and treatments belong in the parent folder."""
