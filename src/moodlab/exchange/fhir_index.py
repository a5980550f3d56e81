"""What is learned on a first pass through FHIR resources, because the second one needs it.

A DiagnosticReport may say for its results when they were collected and by whom, wherever it stands;
a laboratory may be a resource of its own; and a corrected result takes the place of the earlier one
in the same file. All of it is bounded, since the file may come from anywhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from moodlab.domain.errors import Refused
from moodlab.exchange.fhir_values import (
    Json,
    collected_day,
    concept_text,
    day_of,
    identifier_of,
    is_laboratory,
    objects,
    reference_of,
    text_of,
)
from moodlab.exchange.json_pieces import Piece

MOST_REFERENCES = 100_000
MOST_PEOPLE = 100
CORRECTED = ("corrected", "amended", "appended")
_PEOPLE = ("Practitioner/", "PractitionerRole/", "Patient/", "RelatedPerson/")


@dataclass(frozen=True, slots=True)
class Found:
    """One resource, and the address under which others refer to it."""

    resource: Json
    address: str = ""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What a DiagnosticReport says about its results; `is_laboratory` None if it does not say."""

    number: int
    is_laboratory: bool | None = None
    collected: date | None = None
    reported: date | None = None
    lab: str = ""
    specimen: str = ""


@dataclass(slots=True)
class Index:
    """The facts of a whole file by reference; `inner` is what the resource at hand contains."""

    reports: dict[str, ReportFacts] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    inner: dict[str, str] = field(default_factory=dict)
    corrected: set[int] = field(default_factory=set)
    people: set[str] = field(default_factory=set)

    def name_of(self, reference: Any) -> str:
        """Return what a reference points to is called: its display, else the resource's name."""
        if not isinstance(reference, dict):
            return ""
        address = reference_of(reference)
        named = self.inner.get(address) or self.names.get(address, "")
        return text_of(reference.get("display")) or named

    def lab_of(self, performers: Any) -> str:
        """Return the first performer that is no person."""
        for performer in objects(performers):
            if not reference_of(performer).startswith(_PEOPLE) and (
                name := self.name_of(performer)
            ):
                return name
        return ""


def make_index(pieces: Iterable[Piece]) -> Index:
    """Return the index of all resources in `pieces`."""
    index = Index()
    for piece in pieces:
        for found in resources_in(piece.value):
            _learn(index, found, piece.number)
    return index


def resources_in(value: Any, depth: int = 0) -> Iterable[Found]:
    """Yield the resources in a value: itself, a Bundle's entry, or the entries of a Bundle."""
    if not isinstance(value, dict) or depth > 4:
        return
    if value.get("resourceType") == "Bundle":
        for entry in objects(value.get("entry")):
            yield from resources_in(entry, depth + 1)
    elif "resourceType" in value:
        yield Found(value)
    elif isinstance(inner := value.get("resource"), dict):
        if inner.get("resourceType") == "Bundle":
            yield from resources_in(inner, depth + 1)
        else:
            yield Found(inner, text_of(value.get("fullUrl"), 300))


def addresses_of(found: Found) -> list[str]:
    """Return the references by which others may mean this resource."""
    kind, name = found.resource.get("resourceType"), text_of(found.resource.get("id"), 64)
    addresses = [f"{kind}/{name}"] if name else []
    if found.address:
        addresses.append(reference_of({"reference": found.address}))
    return addresses


def identity_hash(resource: Json) -> int | None:
    """Return what tells a resource with an identifier from others; None without one."""
    identifier = identifier_of(resource)
    return hash((identifier, concept_text(resource.get("code")))) if identifier else None


def learn_contained(index: Index, resource: Json) -> None:
    """Set the names of what a resource contains in place of the last one's; ``#id`` means them."""
    index.inner = {
        f"#{text_of(inner.get('id'), 64)}": name
        for inner in objects(resource.get("contained"))
        if (name := _name(inner))
    }


def report_facts(report: Json, index: Index, number: int) -> ReportFacts:
    """Return what a DiagnosticReport says of all its results. Raises Refused for a bad day."""
    specimens = (index.name_of(each) for each in objects(report.get("specimen")))
    return ReportFacts(
        number,
        is_laboratory(report.get("category")),
        collected_day(report),
        day_of(report.get("issued")),
        index.lab_of(report.get("performer")),
        next((name for name in specimens if name), ""),
    )


def _learn(index: Index, found: Found, number: int) -> None:
    resource = found.resource
    kind = resource.get("resourceType")
    if kind in ("Observation", "DiagnosticReport"):
        person = reference_of(resource.get("subject"))
        if person and not person.startswith("#") and len(index.people) < MOST_PEOPLE:
            index.people.add(person)
    if kind == "Observation" and resource.get("status") in CORRECTED:
        identity = identity_hash(resource)
        if identity is not None and len(index.corrected) < MOST_REFERENCES:
            index.corrected.add(identity)
    elif kind == "DiagnosticReport":
        _learn_report(index, resource, number)
    elif kind in ("Organization", "Specimen"):
        name = _name(resource)
        for address in addresses_of(found):
            if name and len(index.names) < MOST_REFERENCES:
                index.names.setdefault(address, name)


def _learn_report(index: Index, report: Json, number: int) -> None:
    learn_contained(index, report)
    try:
        facts = report_facts(report, index, number)
    except Refused:
        return
    for result in objects(report.get("result")):
        reference = reference_of(result)
        if reference and not reference.startswith("#") and len(index.reports) < MOST_REFERENCES:
            index.reports.setdefault(reference, facts)


def _name(resource: Json) -> str:
    return text_of(resource.get("name")) or concept_text(resource.get("type"))
