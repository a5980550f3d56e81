"""The panels of blood results. Ratings and treatments are drawn in the folder above."""
