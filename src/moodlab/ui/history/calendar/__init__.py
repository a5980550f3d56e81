"""The calendar of History: what stands in its cells, a month and a year of them, its controls."""
