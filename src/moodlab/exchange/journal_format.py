"""The names of the journal's tables in MoodLab's own JSON and CSV files."""

FORMAT = "moodlab-journal"
VERSION = 3
# Version 1 had no status, issued and remark in its labs; 2 no answers to questions.
READABLE = (1, 2, VERSION)

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

# What CSV needs beside: it has neither null nor numbers.
WHOLE_NUMBERS = frozenset({
    "value_thousandths", "offset_minutes", "note_for_doctor", "left_empty", "position", "is_custom",
    "excluded", "is_closed", "on_page",
})  # fmt: skip
EMPTY_IS_NULL: dict[str, frozenset[str]] = {
    "day": frozenset({"state"}),
    "metric_span": frozenset({"first_day", "last_day"}),
    "rating": frozenset({"value", "value_thousandths", "source_value", "source_scale"}),
    "lab_result": frozenset({"reported", "assay", "comparator", "value", "canonical_value"}),
    "treatment": frozenset({"last_day"}),
    "event": frozenset({"last_day"}),
    "question": frozenset({"answered_day"}),
}
# Columns for the reader of a CSV table; they follow from others.
DERIVED: dict[str, frozenset[str]] = {"rating": frozenset({"unit", "written"})}
