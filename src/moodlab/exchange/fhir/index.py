"""What FHIR resources of one file say about each other, by their references.

All of it is bounded, since the file may come from anywhere.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from moodlab.exchange.fhir.values import Json, objects, reference_of, text_of

MOST_REFERENCES = 100_000
_MOST_PANELS = 4
_PERSON = re.compile(r"(?:Practitioner|PractitionerRole|Patient|RelatedPerson|CareTeam)(?:[/?]|$)")


@dataclass(frozen=True, slots=True)
class Found:
    """One resource, and the address under which others refer to it."""

    resource: Json
    address: str = ""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What a report or a panel says about its results; `is_laboratory` None if it does not say.

    `lab_at` and `specimen_at` are references whose names may stand further on in the file.
    """

    number: int
    is_laboratory: bool | None = None
    collected: date | None = None
    reported: date | None = None
    lab: str = ""
    lab_at: str = ""
    specimen: str = ""
    specimen_at: str = ""

    def completed_by(self, other: "ReportFacts") -> "ReportFacts":
        """Return these facts, and what they leave out from another's."""
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
        )


@dataclass(slots=True)
class Index:
    """The facts of a whole file by reference; `inner` is what the resource at hand contains.

    `panels` are the facts of a result's panel, with the addresses of the panel itself.
    """

    reports: dict[str, ReportFacts] = field(default_factory=dict)
    panels: dict[str, tuple[ReportFacts, Sequence[str]]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    staff: set[str] = field(default_factory=set)
    inner: dict[str, str] = field(default_factory=dict)
    inner_days: dict[str, date] = field(default_factory=dict)
    corrected: set[int] = field(default_factory=set)
    people: set[str] = field(default_factory=set)

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
        """Return what a reference points to is called: its display, else the resource's name."""
        if not isinstance(reference, dict):
            return ""
        return text_of(reference.get("display")) or self.name_at(reference_of(reference))

    def name_at(self, address: str) -> str:
        """Return what the resource at an address is called."""
        return self.inner.get(address) or self.names.get(address, "")

    def day_at(self, address: str) -> date | None:
        """Return the day on which the specimen at an address was taken."""
        return self.inner_days.get(address) or self.days.get(address)

    def lab_of(self, performers: Any) -> tuple[str, str]:
        """Return the first performer that is no person: its name, or where that may stand."""
        for performer in objects(performers):
            address = reference_of(performer)
            if (
                _PERSON.match(address)
                or _PERSON.match(text_of(performer.get("type")))
                or address in self.staff
            ):
                continue
            if name := self.name_of(performer):
                return name, ""
            if address and not address.startswith("#"):
                return "", address
        return "", ""

    def specimen_of(self, specimens: Any) -> tuple[str, str]:
        """Return the only specimen: its name, and where more of it may stand."""
        given = list(objects(specimens))
        # Which of several a result was made from is not said.
        return (self.name_of(given[0]), reference_of(given[0])) if len(given) == 1 else ("", "")

    @property
    def has_room(self) -> bool:
        """Whether more may be remembered; a file of any size needs no more memory than that."""
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
