"""How it is printed: one ReportModel, and one file per way of writing it."""
