"""How it comes in. TO ADD A FORMAT: a file here, and its name in `ALL`."""

ALL = ("mapped_csv", "journal_json", "fhir", "apple_clinical")
