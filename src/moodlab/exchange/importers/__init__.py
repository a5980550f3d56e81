"""Imports: one module for each format.

TO ADD A FORMAT: add a module here, and its name to `ALL`. The module has ``FORMAT`` (its id),
``NAME`` (what it imports, in words), ``SUFFIXES``, ``recognises(path, head)``, which gets the
file's first bytes, and ``open_source(source)``, which returns the records in it. Modules are asked
in this order.
"""

ALL = ("journal_csv", "apple_clinical", "fhir", "journal_json", "mapped_csv")
