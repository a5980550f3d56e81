"""What FHIR resources of one file say about each other, by their references.

It is learned on a first pass, because the second one needs it. A DiagnosticReport, and an
Observation that heads a panel, may say for their results when they were collected and by whom,
wherever they stand; a laboratory, a specimen or the person may be a resource of its own. All of it
is bounded: a file may come from anywhere.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from moodlab.domain.errors import Refused
from moodlab.exchange.fhir.codes import is_laboratory, is_of_a_sample
from moodlab.exchange.fhir.names import NamesSeen
from moodlab.exchange.fhir.people import Person, patient_of, subject_of
from moodlab.exchange.fhir.values import (
    Json,
    collected_day,
    concept_text,
    day_of,
    objects,
    reference_of,
    text_of,
)
from moodlab.exchange.json_pieces import Piece

MOST_REFERENCES = 100_000
MOST_PEOPLE = 100
_MOST_PANELS = 4
_PEOPLE = ("Practitioner", "PractitionerRole", "Patient", "RelatedPerson", "CareTeam")
_PERSON = re.compile(rf"(?:.*/)?(?:{'|'.join(_PEOPLE)})(?:[/?]|$)")
# A physician who is named without a reference.
_TITLED = re.compile(r"(?:dr|dra|prof|dott|docteur|doctor|med)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """One resource, and the address under which others refer to it."""

    resource: Json
    address: str = ""
    is_contained: bool = False


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What a report or a panel says about its results; `is_laboratory` is None if it does not say.

    `lab_at` and `specimen_at` are references to resources that may come later in the file. `panel`
    is the name of the innermost panel.
    """

    number: int
    is_laboratory: bool | None = None
    collected: date | None = None
    reported: date | None = None
    lab: str = ""
    lab_at: str = ""
    specimen: str = ""
    specimen_at: str = ""
    panel: str = ""

    def completed_by(self, other: "ReportFacts") -> "ReportFacts":
        """Return these facts, completed with another's where they are silent."""
        said = self.is_laboratory
        return ReportFacts(
            self.number,
            other.is_laboratory if said is None else said,
            self.collected or other.collected,
            self.reported or other.reported,
            *((self.lab, self.lab_at) if self.lab or self.lab_at else (other.lab, other.lab_at)),
            *(
                (self.specimen, self.specimen_at)
                if self.specimen or self.specimen_at
                else (other.specimen, other.specimen_at)
            ),
            self.panel or other.panel,
        )


@dataclass(slots=True)
class Index:
    """The facts of a whole file by reference; `inner` belongs to the current resource.

    `panels` are the facts of a result's panel, with the addresses of the panel itself.
    """

    reports: dict[str, ReportFacts] = field(default_factory=dict)
    panels: dict[str, tuple[ReportFacts, Sequence[str]]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    staff: set[str] = field(default_factory=set)
    test_names: NamesSeen = field(default_factory=NamesSeen)
    inner: dict[str, str] = field(default_factory=dict)
    inner_days: dict[str, date] = field(default_factory=dict)
    inner_staff: set[str] = field(default_factory=set)
    # By the address under which results name them, and as resources of their own.
    subjects: dict[str, Person] = field(default_factory=dict)
    patients: dict[str, Person] = field(default_factory=dict)

    @property
    def people(self) -> list[Person]:
        """The people whose results the file holds."""
        if not self.subjects:
            found = set(self.patients.values())
            return [*found] if len(found) == 1 else []
        return [
            self.patients.get(address, Person()).joined_with(person)
            for address, person in self.subjects.items()
        ]

    def facts_of(self, addresses: Sequence[str], depth: int = 0) -> ReportFacts | None:
        """Return what panels and reports say about the result with these addresses."""
        facts: ReportFacts | None = None
        for address in addresses:
            if depth < _MOST_PANELS and address in self.panels:
                panel, its_addresses = self.panels[address]
                around = self.facts_of(its_addresses, depth + 1)
                panel = panel.completed_by(around) if around else panel
                facts = facts.completed_by(panel) if facts else panel
            if address in self.reports:
                report = self.reports[address]
                facts = facts.completed_by(report) if facts else report
        return facts

    def name_of(self, reference: Any) -> str:
        """Return the name of what a reference points to: its display, else the resource's name."""
        if not isinstance(reference, dict):
            return ""
        return text_of(reference.get("display")) or self.name_at(reference_of(reference))

    def name_at(self, address: str) -> str:
        """Return the name of the resource at an address."""
        return self.inner.get(address) or self.names.get(address, "")

    def day_at(self, address: str) -> date | None:
        """Return the day on which the specimen at an address was taken."""
        return self.inner_days.get(address) or self.days.get(address)

    def lab_of(self, performers: Any) -> tuple[str, str]:
        """Return the first performer that is no person: its name, or its address."""
        for performer in objects(performers):
            address = reference_of(performer)
            if (
                _PERSON.match(address)
                or _PERSON.match(text_of(performer.get("type")))
                or address in self.staff
                or address in self.inner_staff
            ):
                continue
            if name := self.name_of(performer):
                if not address and _TITLED.match(name):
                    continue
                return name, ""
            if address and not address.startswith("#"):
                return "", address
        return "", ""

    def specimen_of(self, specimens: Any) -> tuple[str, str]:
        """Return the only specimen: its name and address."""
        given = list(objects(specimens))
        # With several, it is unknown which one a result was measured in.
        return (self.name_of(given[0]), reference_of(given[0])) if len(given) == 1 else ("", "")

    @property
    def has_room(self) -> bool:
        """Whether more references may be kept: memory stays bounded for a file of any size."""
        kept = len(self.reports) + len(self.panels) + len(self.names) + len(self.days)
        return kept + len(self.staff) < MOST_REFERENCES


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


def observations_in(resource: Json) -> list[Json]:
    """Return the Observations that a resource contains."""
    return [
        each
        for each in objects(resource.get("contained"))
        if each.get("resourceType") == "Observation"
    ]


def make_index(pieces: Iterable[Piece]) -> Index:
    """Return the index of all resources in `pieces`."""
    index = Index()
    for piece in pieces:
        for found in resources_in(piece.value):
            _learn(index, found, piece.number)
    return index


def learn_contained(index: Index, resource: Json) -> None:
    """Replace the last resource's contained resources, which ``#id`` refers to, with this one's."""
    contained = [
        (f"#{text_of(inner.get('id'), 64)}", inner) for inner in objects(resource.get("contained"))
    ]
    index.inner = {address: name for address, inner in contained if (name := _name(inner))}
    index.inner_days = {address: day for address, inner in contained if (day := _taken_on(inner))}
    index.inner_staff = {
        address for address, inner in contained if inner.get("resourceType") in _PEOPLE
    }


def report_facts(report: Json, index: Index, number: int) -> ReportFacts:
    """Return what a DiagnosticReport says of all its results. Raises Refused for a bad day."""
    return _facts(report, index, number, is_laboratory(report.get("category")))


def panel_facts(panel: Json, index: Index, number: int) -> ReportFacts:
    """Return what an Observation says of its members. Raises Refused for a bad day."""
    said = is_laboratory(panel.get("category"))
    if said is None and is_of_a_sample(panel):
        said = True
    facts = _facts(panel, index, number, said)
    return replace(facts, panel=concept_text(panel.get("code")))


def members_of(observation: Json) -> list[str]:
    """Return the references to the results of a panel, R4 and before."""
    related = [
        each.get("target")
        for each in objects(observation.get("related"))
        if each.get("type") == "has-member"
    ]
    members = [*objects(observation.get("hasMember")), *objects(related)]
    return [address for member in members if (address := reference_of(member))]


def _facts(resource: Json, index: Index, number: int, said: bool | None) -> ReportFacts:
    specimen, specimen_at = index.specimen_of(resource.get("specimen"))
    collected = collected_day(resource)
    if specimen_at.startswith("#"):
        # Only this resource can resolve it.
        collected, specimen_at = collected or index.day_at(specimen_at), ""
    return ReportFacts(
        number,
        said,
        collected,
        day_of(resource.get("issued")),
        *index.lab_of(resource.get("performer")),
        specimen,
        specimen_at,
    )


def _learn(index: Index, found: Found, number: int) -> None:
    resource = found.resource
    kind = resource.get("resourceType")
    addresses = addresses_of(found)
    if kind in ("Observation", "DiagnosticReport"):
        _learn_subject(index, resource)
    if kind == "Observation":
        index.test_names.learn(resource)
        _learn_panel(index, resource, addresses, number)
    elif kind == "DiagnosticReport":
        _learn_report(index, resource, number)
    elif kind in ("Organization", "Specimen"):
        name, day = _name(resource), _taken_on(resource)
        for address in addresses:
            if name and index.has_room:
                index.names.setdefault(address, name)
            if day and index.has_room:
                index.days.setdefault(address, day)
    elif kind in _PEOPLE and index.has_room:
        index.staff.update(address for address in addresses if not _PERSON.match(address))
        if kind == "Patient" and len(index.patients) < MOST_PEOPLE:
            person = patient_of(resource)
            for address in addresses or [""]:
                index.patients[address] = person


def _learn_subject(index: Index, resource: Json) -> None:
    """Learn whom a result is about: by reference, or by a name alone where no reference is."""
    subject = resource.get("subject")
    if not isinstance(subject, dict) or len(index.subjects) >= MOST_PEOPLE:
        return
    person, address = subject_of(subject), reference_of(subject)
    if address.startswith("#"):
        inner = [
            patient_of(each)
            for each in objects(resource.get("contained"))
            if f"#{text_of(each.get('id'), 64)}" == address
        ]
        if not inner:
            return
        person = inner[0].joined_with(person)
        address = "#" + ",".join(sorted(person.facts))
    elif not address:
        if not person.facts or index.subjects:
            return
        address = person.shown
    known = index.subjects.get(address)
    index.subjects[address] = known.joined_with(person) if known else person


def _learn_report(index: Index, report: Json, number: int) -> None:
    learn_contained(index, report)
    try:
        facts = report_facts(report, index, number)
    except Refused:
        return
    for result in objects(report.get("result")):
        reference = reference_of(result)
        if reference and not reference.startswith("#") and index.has_room:
            index.reports.setdefault(reference, facts)


def _learn_panel(index: Index, panel: Json, addresses: Sequence[str], number: int) -> None:
    members = members_of(panel)
    if not members:
        return
    learn_contained(index, panel)
    try:
        facts = panel_facts(panel, index, number)
    except Refused:
        return
    for member in members:
        if not member.startswith("#") and index.has_room:
            index.panels.setdefault(member, (facts, addresses))


def _name(resource: Json) -> str:
    return text_of(resource.get("name")) or concept_text(resource.get("type"))


def _taken_on(specimen: Json) -> date | None:
    """Return the day on which a specimen was taken, if that is certain."""
    collection = specimen.get("collection")
    if not isinstance(collection, dict):
        return None
    period = collection.get("collectedPeriod")
    start = period.get("start") if isinstance(period, dict) else None
    try:
        return day_of(collection.get("collectedDateTime")) or day_of(start)
    except Refused:
        return None
