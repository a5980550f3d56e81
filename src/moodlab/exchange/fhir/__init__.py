"""What FHIR resources mean, R4 and DSTU2, for the importers that read them."""
