"""FHIR Observations, R4 and DSTU2, as lab results: taken as printed, or refused with the reason."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from moodlab.domain.analytes import Analyte
from moodlab.domain.catalogue import LONGEST_LABEL, Catalogue
from moodlab.domain.days import refuse_future
from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.intake import Arrival, ArrivingLab, LeftOut, RowProblem
from moodlab.domain.lab_entry import express
from moodlab.domain.labs import LabResult, arriving_id
from moodlab.domain.printed_values import (
    PrintedValue,
)
from moodlab.exchange.fhir_index import (
    CORRECTED,
    Found,
    Index,
    ReportFacts,
    addresses_of,
    identity_hash,
    learn_contained,
    report_facts,
)
from moodlab.exchange.fhir_printed import agree_on_unit, read_value, values_of
from moodlab.exchange.fhir_tests import find_test
from moodlab.exchange.fhir_values import (
    Json,
    collected_day,
    concept_text,
    day_of,
    flag_of,
    identifier_of,
    is_laboratory,
    loincs_of,
    objects,
    range_text,
    text_of,
)
from moodlab.i18n import translate

SOURCE = "fhir"
_NO_RESULT = {
    "entered-in-error": "The lab says that it was entered in error.",
    "cancelled": "The lab says that the test was cancelled.",
}


class LabReader:
    """Reads the resources of one file one after the other; new tests join its catalogue.

    Where `names_suffice`, a test without a LOINC code is taken for the one of the same name.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        calendar_today: date,
        index: Index,
        *,
        names_suffice: bool = False,
    ) -> None:
        self._catalogue = catalogue
        self._today = calendar_today
        self._index = index
        self._names_suffice = names_suffice
        self._unseen = dict(index.reports)

    def read(self, found: Found, number: int, place: str) -> Iterator[Arrival]:
        """Yield what a resource holds: results, refusals, or that it is no lab result."""
        resource = found.resource
        kind = resource.get("resourceType")
        if kind == "Observation":
            report = None
            for address in addresses_of(found):
                report = self._index.reports.get(address) or report
                self._unseen.pop(address, None)
            learn_contained(self._index, resource)
            yield from self._observation(resource, report, number, place)
        elif kind == "DiagnosticReport":
            yield from self._report(resource, number, place)
        else:
            yield LeftOut()

    def name_what_is_missing(self, place: str) -> Iterator[RowProblem]:
        """Yield the results that a laboratory report names and that the file does not hold."""
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
        inner = [
            each
            for each in objects(report.get("contained"))
            if each.get("resourceType") == "Observation"
        ]
        try:
            facts = report_facts(report, self._index, number)
        except Refused as error:
            yield RowProblem(number, error.sentence, place)
            return
        if report.get("status") in _NO_RESULT and inner:
            yield RowProblem(number, _no_result(report), place)
            return
        for observation in inner:
            contained_in = facts
            if facts.is_laboratory is None:
                contained_in = replace(facts, is_laboratory=True)
            yield from self._observation(observation, contained_in, number, place)
        if not inner:
            yield LeftOut()

    def _observation(
        self, observation: Json, report: ReportFacts | None, number: int, place: str
    ) -> Iterator[Arrival]:
        label = concept_text(observation.get("code"))
        try:
            if not self._is_laboratory(observation, report):
                yield LeftOut()
                return
            if observation.get("status") in _NO_RESULT:
                raise Refused(_no_result(observation))
            corrects = observation.get("status") in CORRECTED
            if not corrects and identity_hash(observation) in self._index.corrected:
                yield LeftOut()  # the file holds its correction
                return
            base = self._base(observation, report)
        except Refused as error:
            yield _problem(error, label, None, number, place)
            return
        parts = list(objects(observation.get("component")))
        # A panel has no value of its own: its results stand in its parts, or are others.
        if not parts and not values_of(observation) and _has_members(observation):
            yield LeftOut()
            return
        if values_of(observation) or not parts:
            parts.insert(0, observation)
        for part in parts:
            try:
                result, analyte = self._result(part, base)
            except Refused as error:
                name = concept_text(part.get("code")) or label
                yield _problem(error, name, base.collected, number, place)
                continue
            yield ArrivingLab(result, number, place, analyte, corrects)

    def _is_laboratory(self, observation: Json, report: ReportFacts | None) -> bool:
        said = is_laboratory(observation.get("category"))
        if said is None and report is not None:
            said = report.is_laboratory
        if said is not None:
            return said
        codes = loincs_of(observation.get("code"))
        if observation.get("specimen") or any(self._catalogue.coded(code) for code in codes):
            return True
        raise Refused(
            translate("import", "The file does not say whether it is a laboratory result.")
        )

    def _base(self, observation: Json, report: ReportFacts | None) -> LabResult:
        """Return what all results of an observation share. Raises Refused without a day."""
        facts = report or ReportFacts(0)
        reported = day_of(observation.get("issued")) or facts.reported
        collected = collected_day(observation) or facts.collected
        notes = [_said(observation)] if observation.get("status") == "preliminary" else []
        if collected is None and reported is not None:
            collected = reported
            notes.append(translate("import", "The day is that of the report."))
        if collected is None:
            raise Refused(translate("import", "It has no day of collection."))
        refuse_future(collected, self._today)
        index = self._index
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
            lab=index.lab_of(observation.get("performer")) or facts.lab,
            method=concept_text(observation.get("method")),
            specimen=index.name_of(observation.get("specimen")) or facts.specimen,
            note=" ".join(notes),
            reported=reported,
            source=SOURCE,
            identifier=identifier_of(observation),
        )

    def _result(self, part: Json, base: LabResult) -> tuple[LabResult, Analyte | None]:
        value, units = read_value(part)
        flag = flag_of(part.get("interpretation"))
        if flag and not value.flag:
            value = replace(value, flag=flag)
        codes = loincs_of(part.get("code"))
        name = text_of(concept_text(part.get("code")), LONGEST_LABEL)
        analyte, self._catalogue = find_test(
            self._catalogue,
            codes,
            name,
            None if value.is_text else units,
            names_suffice=self._names_suffice,
        )
        is_own = self._catalogue.is_own(analyte)
        unit = ""
        if value.number is not None:
            unit = agree_on_unit(analyte, units)
            _refuse_impossible(value.number, value.comparator, is_own=is_own)
        result = express(
            replace(
                base,
                analyte=analyte.substance,
                assay=analyte.assay,
                loinc=codes[0] if codes else analyte.loinc,
                value=value,
                unit=unit,
                range_text=range_text(part.get("referenceRange")),
            ),
            analyte,
        )
        return replace(result, id=arriving_id(result)), analyte if is_own else None


def _has_members(observation: Json) -> bool:
    return bool(observation.get("hasMember") or observation.get("related"))


def _said(resource: Json) -> str:
    return translate("import", "The lab calls it {status}.").format(
        status=text_of(resource.get("status"), 40)
    )


def _no_result(resource: Json) -> str:
    return translate("import", _NO_RESULT[resource["status"]])


def _problem(error: Refused, label: str, day: date | None, number: int, place: str) -> RowProblem:
    about = ", ".join(text for text in (text_of(label, 60), day and day.isoformat()) if text)
    sentence = f"{about}: {error.sentence}" if about else error.sentence
    return RowProblem(number, sentence, place, is_question=isinstance(error, NeedsConfirmation))


def _refuse_impossible(number: Decimal, comparator: str | None, *, is_own: bool) -> None:
    """Raise Refused for less than nothing, which only some tests of one's own can be."""
    below = number < 0 or (number == 0 and comparator in ("<", "<="))
    if below and not is_own:
        raise Refused(translate("import", "A value below zero can't be."))
