"""What the example's stories tell: marks, notes, events, questions, results and treatments."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from moodlab.domain.events import Event, Question, answer_question
from moodlab.domain.labs.entry import LabEntry, read_entry
from moodlab.domain.labs.results import parse_context
from moodlab.domain.ratings import DayState
from moodlab.domain.treatments import Dose, Treatment, end_treatment, parse_kind, step_dose
from moodlab.store.example.timeline import Timeline
from moodlab.store.file.timestamps import recorded_columns
from moodlab.store.journal import Journal

Story = Mapping[str, Any]


def plan_story(timeline: Timeline, shift: int, story: Story) -> None:
    """Plan one story of a year, whose days are counted back from `shift` days before the last."""
    teller = _Teller(timeline, shift)
    for part, plan in (
        ("stretches", teller.plan_marks),
        ("notes", teller.plan_note),
        ("events", teller.plan_event),
        ("questions", teller.plan_question),
        ("labs", teller.plan_result),
        ("treatments", teller.plan_treatment),
    ):
        for told in story[part]:
            plan(told)
    if "pin" in story:
        teller.plan_pin(story["pin"])


class _Teller:
    def __init__(self, timeline: Timeline, shift: int) -> None:
        self._timeline = timeline
        self._shift = shift

    def plan_marks(self, told: Story) -> None:
        """A paused stretch is marked when it begins and resumed after; unwell days one by one."""
        line, first, last = self._timeline, told["from"] + self._shift, told["to"] + self._shift
        if told["kind"] == "paused":
            begin, end = line.day(first), line.day(last - 1)
            line.add(first, 18, 10, lambda journal: journal.days.mark(begin, DayState.PAUSED))
            line.add(last - 1, 19, 30, lambda journal: journal.pauses.resume(end))
        elif told["kind"] == "unwell":
            for days_ago in range(last, first + 1):
                self._plan_unwell(days_ago)

    def _plan_unwell(self, days_ago: int) -> None:
        day = self._timeline.day(days_ago)
        self._timeline.add(
            days_ago, 17, 40, lambda journal: journal.days.mark(day, DayState.UNWELL)
        )

    def plan_note(self, told: Story) -> None:
        days_ago = told["days_ago"] + self._shift
        day, for_doctor = self._timeline.day(days_ago), told.get("for_doctor")
        self._timeline.add(
            days_ago, 22, 40,
            lambda journal: journal.days.write_note(day, told["text"], for_doctor=for_doctor),
        )  # fmt: skip

    def plan_event(self, told: Story) -> None:
        line, days_ago = self._timeline, told["days_ago"] + self._shift
        until = told["until"] + self._shift if "until" in told else None
        seen_to_end = max((days_ago if until is None else until) - 1, 0)

        def enter(journal: Journal) -> None:
            last_day = None if until is None else line.day(until)
            is_appointment = told.get("appointment", False)
            journal.events.save_event(
                Event(line.new_id(), line.day(days_ago), told["text"], last_day, is_appointment)
            )

        line.add(seen_to_end, 18, 30, enter)

    def plan_question(self, told: Story) -> None:
        line, days_ago = self._timeline, told["days_ago"] + self._shift
        asked: list[Question] = []

        def ask(journal: Journal) -> None:
            asked.append(Question(line.new_id(), line.day(days_ago), told["text"]))
            journal.events.ask(asked[0])

        def close(journal: Journal) -> None:
            day = line.day(told["closed"] + self._shift)
            journal.events.ask(answer_question(asked[0], day, told.get("answer", "")))

        line.add(days_ago, 21, 50, ask)
        if "closed" in told:
            line.add(told["closed"] + self._shift, 18, 40, close)

    def plan_result(self, told: Story) -> None:
        line = self._timeline
        entry = LabEntry(
            line.day(told["days_ago"] + self._shift),
            told["analyte"],
            told["value"],
            told["unit"],
            range_text=told["range"],
            lab=told["lab"],
            method=told.get("method", ""),
            context=parse_context(told.get("context", "")),
            note=told.get("note", ""),
        )
        reported = line.day(told["reported"] + self._shift)

        def enter(journal: Journal) -> None:
            journal.labs.save(replace(read_entry(entry, line.new_id()), reported=reported))

        line.add(told["reported"] + self._shift, 19, 5, enter)

    def plan_treatment(self, told: Story) -> None:
        line = self._timeline
        so_far: list[Treatment] = []

        def save(journal: Journal, treatment: Treatment) -> None:
            so_far[:] = [treatment]
            journal.treatments.save(treatment)

        def plan_step(step: Story) -> None:
            days_ago = step["days_ago"] + self._shift

            def begin_or_change(journal: Journal) -> None:
                dose = Dose(line.new_id(), line.day(days_ago), step["text"])
                if so_far:
                    save(journal, step_dose(so_far[0], dose, None))
                else:
                    kind = parse_kind(told["kind"])
                    save(journal, Treatment(line.new_id(), told["name"], kind, (dose,)))

            line.add(days_ago, 20, 2, begin_or_change)

        def end(journal: Journal) -> None:
            ended = told["ended"]
            treatment = end_treatment(so_far[0], line.day(ended["days_ago"] + self._shift))
            save(
                journal,
                replace(treatment, end_reason=ended["reason"], noticed=ended["noticed"]),
            )

        for step in told["doses"]:
            plan_step(step)
        if "ended" in told:
            line.add(told["ended"]["days_ago"] + self._shift, 20, 3, end)

    def plan_pin(self, told: Story) -> None:
        line = self._timeline

        def pin(journal: Journal) -> None:
            stamp = recorded_columns(journal.ledger.recorded)
            conditions = json.dumps(told["conditions"])
            journal.ledger.put("pin", {"id": line.new_id(), "conditions": conditions} | stamp)

        line.add(told["days_ago"], 20, 5, pin)
