"""The names of the journal's tables in MoodLab's own JSON and CSV files."""

FORMAT = "moodlab-journal"
VERSION = 2
# Version 1 had no status, issued and remark in its labs.
READABLE = (1, VERSION)

SECTIONS: dict[str, str] = {
    "journal": "settings",
    "day": "days",
    "metric": "metrics",
    "metric_span": "metric_spans",
    "rating": "ratings",
    "analyte": "analytes",
    "lab_result": "labs",
    "treatment": "treatments",
    "dose": "doses",
    "as_needed": "as_needed",
    "event": "events",
    "question": "questions",
    "measure": "measures",
    "questionnaire": "questionnaires",
    "pin": "pins",
}
