"""The chosen treatment: what it is, its doses, the days it was taken as needed, and its end."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moodlab.domain.courses import course_text, fold_name, share_a_day
from moodlab.domain.treatments import Taking, Treatment, kind_words
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.treatments.day_ticks import DayTicks
from moodlab.ui.treatments.dose_steps import DoseSteps
from moodlab.ui.treatments.lanes import is_stopped
from moodlab.ui.treatments.treatment_form import Mode, TreatmentForm
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.text import Button, label


class TreatmentDetail(QWidget):
    """`delete_asked` and `join_asked` are about `course`; its parts send what is changed."""

    delete_asked = Signal()
    join_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.course: Treatment | None = None
        self.name = label("", "section", wrap=True)
        self.facts = label("", "muted", wrap=True)
        self.end = label("", "muted", wrap=True)
        stop, resume = translate("treatments", "Stop…"), translate("treatments", "Resume…")
        self.stop = Button(stop, "", self.stop_or_resume)
        self.stop.keep_width_for(stop, resume)
        self.edit = Button(translate("treatments", "Edit…"), "", self.begin_edit)
        self.delete = Button(translate("treatments", "Delete"), "", self.delete_asked.emit)
        self.overlap = label("", "muted", wrap=True)
        self.join = Button(translate("treatments", "Join them"), "", self.join_asked.emit)
        self.form = TreatmentForm(translate("treatments", "change"))
        self.form.left.connect(self._return)
        self.steps = DoseSteps()
        self.as_needed = Button("", "link", self._toggle_ticks)
        self.ticks = DayTicks()
        self.ticks.hide()
        self._ticks_wanted = False
        self._lay_out()

    def show_course(
        self,
        course: Treatment | None,
        treatments: Sequence[Treatment],
        takings: Sequence[Taking],
        today: date,
    ) -> None:
        """Show a course, or nothing."""
        before, self.course = self.course, course
        self.setVisible(course is not None)
        if course is None:
            return
        if before is None or before.id != course.id:
            self.form.close_form()
            self.steps.forget_typing()
            self._ticks_wanted = bool(course.as_needed_days)
        self.form.follow(course)
        self.form.be_today(today)
        self.form.offer(treatments)
        self.name.setText(course.name)
        kind = kind_words(course.kind).capitalize()
        self.facts.setText(f"{kind} · {course_text(course)}")
        self.end.setText(_end_words(course))
        self.end.setVisible(bool(self.end.text()))
        self._is_stopped = is_stopped(course, today) or course.last_day == today
        self.stop.setText(
            translate("treatments", "Resume…")
            if self._is_stopped
            else translate("treatments", "Stop…")
        )
        self._show_overlap(course, treatments)
        doses = [dose.text for each in reversed(treatments) for dose in each.doses]
        own = [
            dose.text
            for each in treatments
            if fold_name(each.name) == fold_name(course.name)
            for dose in each.doses
        ]
        self.steps.show_course(course, today, [*own, *doses])
        self.ticks.show_course(course, takings, today)
        self._show_ticks()

    def stop_or_resume(self) -> None:
        """Ask when and why the course ends, or when it is taken up again."""
        if self.course is not None:
            self.form.change(Mode.RESUME if self._is_stopped else Mode.STOP, self.course)

    def begin_edit(self) -> None:
        """Ask for its name, kind, days and words."""
        if self.course is not None:
            self.form.change(Mode.EDIT, self.course)

    def _return(self) -> None:
        (self.edit if self.isVisible() else self).setFocus()

    def _show_overlap(self, course: Treatment, treatments: Sequence[Treatment]) -> None:
        others = [
            each
            for each in treatments
            if each.id != course.id
            and fold_name(each.name) == fold_name(course.name)
            and share_a_day(each, course)
        ]
        for widget in (self.overlap, self.join):
            widget.setVisible(bool(others))
        if others:
            self.overlap.setText(
                translate(
                    "treatments", "Another course of {name} shares days with it: {other}."
                ).format(name=course.name, other=course_text(others[0]))
            )

    def _toggle_ticks(self) -> None:
        self._ticks_wanted = not self._ticks_wanted
        self._show_ticks()
        if self._ticks_wanted:
            self.ticks.focus()

    def _show_ticks(self) -> None:
        self.ticks.setVisible(self._ticks_wanted)
        self.as_needed.setText(
            translate("treatments", "Hide days taken as needed")
            if self._ticks_wanted
            else translate("treatments", "Tick days taken as needed")
        )

    def _lay_out(self) -> None:
        buttons = Flow()
        buttons.setSpacing(look().px(GRID))
        for button in (self.stop, self.edit, self.delete):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, look().px(GRID))
        layout.setSpacing(look().px(GRID))
        for widget in (self.name, self.facts, self.end):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        layout.addWidget(self.form)
        layout.addWidget(self.overlap)
        shared = Flow()
        shared.addWidget(self.join)
        layout.addLayout(shared)
        layout.addSpacing(look().px(GRID / 2))
        layout.addWidget(label(translate("treatments", "Doses"), "heading"))
        layout.addWidget(self.steps)
        fold = Flow()
        fold.addWidget(self.as_needed)
        layout.addLayout(fold)
        layout.addWidget(self.ticks)


def _end_words(course: Treatment) -> str:
    parts = []
    if course.end_reason:
        parts.append(translate("treatments", "Ended: {reason}").format(reason=course.end_reason))
    if course.noticed:
        parts.append(translate("treatments", "Noticed: {what}").format(what=course.noticed))
    return "\n".join(parts)
