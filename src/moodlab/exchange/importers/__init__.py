"""How it comes in.

TO ADD A FORMAT: a file here, and its name in `ALL`. The file has ``FORMAT`` (its id), ``NAME``
(what it is, in words), ``SUFFIXES``, ``recognises(path, head)``, which sees a file's first bytes,
and ``open_source(source)``, which returns what is in it. They are asked in this order.
"""

ALL = ("apple_clinical", "fhir", "journal_json", "mapped_csv")
