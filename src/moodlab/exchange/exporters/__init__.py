"""How it goes out. TO ADD A FORMAT: a file here, and its name in `ALL`."""

ALL = ("journal_json", "csv_set", "fhir")
