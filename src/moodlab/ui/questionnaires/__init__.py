"""The page Questionnaires: filling one in, and the dated totals."""
