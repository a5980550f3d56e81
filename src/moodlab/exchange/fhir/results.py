"""FHIR Observations, R4 and DSTU2, as lab results: kept as printed, or refused with the reason."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from moodlab.domain.days import refuse_future
from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.ids import derived_id
from moodlab.domain.intake import Arrival, ArrivingLab, LeftOut, RowProblem
from moodlab.domain.labs.analytes import Analyte
from moodlab.domain.labs.catalogue import LONGEST_LABEL, Catalogue
from moodlab.domain.labs.entry import express
from moodlab.domain.labs.lab_status import WITHDRAWN, withdrawn_words
from moodlab.domain.labs.printed_values import PrintedValue
from moodlab.domain.labs.results import ADDRESS, LabResult, arriving_id
from moodlab.exchange.fhir.codes import find_test, is_laboratory, is_of_a_sample
from moodlab.exchange.fhir.index import (
    Found,
    Index,
    ReportFacts,
    addresses_of,
    learn_contained,
    members_of,
    observations_in,
    panel_facts,
    report_facts,
)
from moodlab.exchange.fhir.names import NamedTest, own_code
from moodlab.exchange.fhir.printed import (
    agree_on_unit,
    other_ranges,
    range_text,
    read_value,
    refuse_impossible,
    values_of,
)
from moodlab.exchange.fhir.values import (
    Json,
    collected_day,
    concept_text,
    day_of,
    flag_of,
    identifier_of,
    loincs_of,
    modifiers_of,
    moment_of,
    objects,
    reference_of,
    remark_of,
    text_of,
)
from moodlab.i18n import translate

SOURCE = "fhir"


class LabReader:
    """Reads the resources of one file one by one, and adds new tests to its catalogue.

    With `names_suffice`, a test without a LOINC code counts as the known one of the same name; with
    `takes_out`, the person agrees that what a lab withdraws leaves the journal.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        calendar_today: date,
        index: Index,
        *,
        names_suffice: bool = False,
        takes_out: bool = False,
    ) -> None:
        self._catalogue = catalogue
        self._today = calendar_today
        self._index = index
        self._names_suffice = names_suffice
        self._takes_out = takes_out
        self._unseen = {member: facts for member, (facts, _) in index.panels.items()}
        self._unseen |= index.reports

    def read(self, found: Found, number: int, place: str) -> Iterator[Arrival]:
        """Yield the results and refusals in a resource, or `LeftOut` if it is no lab result."""
        resource = found.resource
        kind = resource.get("resourceType")
        if kind == "Observation":
            addresses = addresses_of(found)
            for address in addresses:
                self._unseen.pop(address, None)
            report = self._index.facts_of(addresses)
            learn_contained(self._index, resource)
            yield from self._observation(found, report, number, place)
            yield from self._members_inside(resource, report, number, place)
        elif kind == "DiagnosticReport":
            yield from self._report(resource, number, place)
        else:
            yield LeftOut()

    def report_missing(self, place: str) -> Iterator[RowProblem]:
        """Yield a problem for each result that a laboratory report names but the file lacks."""
        for reference, report in self._unseen.items():
            if report.is_laboratory:
                yield RowProblem(
                    report.number,
                    translate("import", "Its result {reference} is not in the file.").format(
                        reference=text_of(reference, 60)
                    ),
                    place,
                )

    def _report(self, report: Json, number: int, place: str) -> Iterator[Arrival]:
        learn_contained(self._index, report)
        inner = observations_in(report)
        try:
            facts = report_facts(report, self._index, number)
        except Refused as error:
            yield RowProblem(number, error.sentence, place)
            return
        for observation in inner:
            contained_in = facts
            if facts.is_laboratory is None:
                contained_in = replace(facts, is_laboratory=True)
            yield from self._observation(_inside(observation, report), contained_in, number, place)
        if not inner:
            yield LeftOut()

    def _members_inside(
        self, panel: Json, report: ReportFacts | None, number: int, place: str
    ) -> Iterator[Arrival]:
        """Yield the results that a panel Observation contains."""
        inner = observations_in(panel)
        if not inner:
            return
        try:
            facts = panel_facts(panel, self._index, number)
        except Refused:
            return  # the panel itself reports the day that can't be read
        if report is not None:
            facts = facts.completed_by(report)
        for observation in inner:
            yield from self._observation(_inside(observation, panel), facts, number, place)

    def _observation(
        self, found: Found, report: ReportFacts | None, number: int, place: str
    ) -> Iterator[Arrival]:
        observation = found.resource
        label = concept_text(observation.get("code"))
        try:
            if not self._is_laboratory(observation, report):
                yield LeftOut()
                return
            parts = list(objects(observation.get("component")))
            # A panel has no value of its own: its results are its components or members.
            has_members = members_of(observation) or observations_in(observation)
            if not parts and not values_of(observation) and has_members:
                yield LeftOut()
                return
            base = self._base(found, report)
        except Refused as error:
            yield _problem(error, label, None, number, place)
            return
        if values_of(observation) or not parts:
            parts.insert(0, observation)
        of_test: Counter[str] = Counter()
        for part in parts:
            panel = (report.panel if report else "") if part is observation else label
            try:
                result, analyte = self._result(part, base, panel)
            except Refused as error:
                name = concept_text(part.get("code")) or label
                yield _problem(error, name, base.collected, number, place)
                continue
            of_test[result.catalogue_id] += 1
            nth = of_test[result.catalogue_id]
            if nth > 1 and result.identifier:
                # Two results of one test under one identifier, such as two hours of a curve.
                result = replace(result, identifier=f"{result.identifier}#{nth}")
                result = replace(result, id=arriving_id(result))
            yield ArrivingLab(result, number, place, analyte, self._takes_out)

    def _is_laboratory(self, observation: Json, report: ReportFacts | None) -> bool:
        said = is_laboratory(observation.get("category"))
        if said is None and report is not None:
            said = report.is_laboratory
        if said is not None:
            return said
        codes = loincs_of(observation.get("code"))
        if is_of_a_sample(observation) or any(self._catalogue.coded(code) for code in codes):
            return True
        raise Refused(
            translate("import", "The file does not say whether it is a laboratory result.")
        )

    def _base(self, found: Found, report: ReportFacts | None) -> LabResult:
        """Return what all results of an observation share. Raises Refused without a day."""
        facts, index = report or ReportFacts(0), self._index
        observation = found.resource
        if observation.get("focus"):
            raise Refused(translate("import", "It is about someone or something else."))
        specimen, specimen_at = index.specimen_of(observation.get("specimen"))
        lab, lab_at = index.lab_of(observation.get("performer"))
        reported = day_of(observation.get("issued")) or facts.reported
        collected = (
            collected_day(observation)
            or index.day_at(specimen_at)
            or facts.collected
            or index.day_at(facts.specimen_at)
        )
        notes = [said] if (said := modifiers_of(observation)) else []
        if collected is None and reported is not None:
            collected = reported
            notes.append(translate("import", "The day is the day of the report."))
        if collected is None:
            raise Refused(translate("import", "It has no collection date."))
        refuse_future(collected, self._today)
        return LabResult(
            id="",
            collected=collected,
            analyte="",
            assay=None,
            loinc="",
            value=PrintedValue("", None, None),
            unit="",
            canonical=None,
            canonical_unit="",
            lab=lab or index.name_at(lab_at) or facts.lab or index.name_at(facts.lab_at),
            method=concept_text(observation.get("method")),
            specimen=(
                specimen
                or index.name_at(specimen_at)
                or facts.specimen
                or index.name_at(facts.specimen_at)
            ),
            remark=" ".join(notes),
            reported=reported,
            source=SOURCE,
            identifier=identifier_of(observation) or _address(found),
            status=_status(observation),
            issued=moment_of(observation),
        )

    def _value(self, part: Json, base: LabResult) -> tuple[PrintedValue, tuple[str, ...]]:
        """Return the value and its units; a result that a lab withdraws may have lost its own."""
        try:
            return read_value(part)
        except Refused:
            if base.status not in WITHDRAWN:
                raise
            if not base.identifier:
                raise Refused(withdrawn_words(base.status)) from None
            return PrintedValue(base.status, None, None), ()

    def _result(self, part: Json, base: LabResult, panel: str) -> tuple[LabResult, Analyte | None]:
        ranges = part.get("referenceRange")
        notes = [
            base.remark,
            modifiers_of(part),
            remark_of(part.get("interpretation")),
            other_ranges(ranges),
        ]
        value, units = self._value(part, base)
        flag = flag_of(part.get("interpretation"))
        if flag and not value.flag:
            value = replace(value, flag=flag)
        codes = loincs_of(part.get("code"))
        name = text_of(concept_text(part.get("code")), LONGEST_LABEL)
        analyte, self._catalogue = find_test(
            self._catalogue,
            codes,
            NamedTest(name, own_code(part.get("code")), panel),
            None if value.is_text else units,
            names_suffice=self._names_suffice,
            is_ambiguous=self._index.test_names.is_ambiguous(name),
        )
        is_own = self._catalogue.is_own(analyte)
        unit = ""
        if value.number is not None:
            unit = agree_on_unit(analyte, units)
            refuse_impossible(value.number, value.comparator, is_own=is_own)
        result = express(
            replace(
                base,
                analyte=analyte.substance,
                assay=analyte.assay,
                loinc=codes[0] if codes else analyte.loinc,
                value=value,
                unit=unit,
                range_text=range_text(ranges),
                remark=" ".join(filter(None, dict.fromkeys(notes))),
            ),
            analyte,
        )
        return replace(result, id=arriving_id(result)), analyte if is_own else None


def _status(resource: Json) -> str:
    return text_of(resource.get("status"), 40)


def _inside(observation: Json, outer: Json) -> Found:
    """Return a contained result, which is withdrawn with what contains it."""
    if _status(outer) in WITHDRAWN:
        observation = {**observation, "status": _status(outer)}
    return Found(observation, is_contained=True)


def _address(found: Found) -> str:
    """Return where a result stands, as an identifier; empty where only its own file knows it."""
    if found.is_contained:
        return ""
    known = (each for each in addresses_of(found) if each.startswith(("Observation/", "urn:uuid:")))
    address = next(known, "")
    if not address:
        return ""
    # Two providers may both have an Observation/17, but not of one Patient/4.
    subject = reference_of(found.resource.get("subject"))
    whose = "" if subject.startswith(("#", "urn:")) else subject
    return f"{ADDRESS}|{address}" + (f"?subject={derived_id(whose)[:8]}" if whose else "")


def _problem(error: Refused, label: str, day: date | None, number: int, place: str) -> RowProblem:
    about = ", ".join(text for text in (text_of(label, 60), day and day.isoformat()) if text)
    sentence = f"{about}: {error.sentence}" if about else error.sentence
    return RowProblem(number, sentence, place, is_question=isinstance(error, NeedsConfirmation))
