"""The command palette: a few letters lead to any page, action, metric, test, treatment or day."""
