"""Report output: one ReportModel, and one module for each format."""
