"""What FHIR resources mean, R4 and DSTU2. The importers that read such files use it."""
