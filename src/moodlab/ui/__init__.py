"""How it is shown: all of Qt."""
