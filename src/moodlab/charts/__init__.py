"""How it is drawn: one file per chart, matplotlib without Qt."""
