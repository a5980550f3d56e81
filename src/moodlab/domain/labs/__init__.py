"""Blood results: analytes, units, printed values, ranges. No other records."""
