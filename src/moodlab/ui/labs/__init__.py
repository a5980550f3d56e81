"""The page Labs and its parts."""
