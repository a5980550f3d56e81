"""The example journal: a life made up from a seed. Nothing that a real journal needs."""
