"""What is learned on a first pass through FHIR resources, because the second one needs it.

A DiagnosticReport, and an Observation that heads a panel, may say for their results when they were
collected and by whom, wherever they stand; a laboratory or a specimen may be a resource of its own;
and a corrected result takes the place of the earlier one in the same file.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from moodlab.domain.errors import Refused
from moodlab.exchange.fhir.index import (
    MOST_REFERENCES,
    Found,
    Index,
    ReportFacts,
    addresses_of,
    resources_in,
)
from moodlab.exchange.fhir.laboratory import is_laboratory, is_of_a_sample
from moodlab.exchange.fhir.values import (
    Json,
    collected_day,
    concept_text,
    day_of,
    identifier_of,
    objects,
    reference_of,
    text_of,
)
from moodlab.exchange.json_pieces import Piece

MOST_PEOPLE = 100
CORRECTED = ("corrected", "amended", "appended")


def make_index(pieces: Iterable[Piece]) -> Index:
    """Return the index of all resources in `pieces`."""
    index = Index()
    for piece in pieces:
        for found in resources_in(piece.value):
            _learn(index, found, piece.number)
    return index


def identity_hash(resource: Json, addresses: Sequence[str] = ()) -> int | None:
    """Return what tells a resource from others: its identifier, else its address; None without."""
    identity = identifier_of(resource) or next(iter(addresses[::-1]), "")
    return hash((identity, concept_text(resource.get("code")))) if identity else None


def learn_contained(index: Index, resource: Json) -> None:
    """Set what a resource contains in place of the last one's; ``#id`` means it."""
    contained = [
        (f"#{text_of(inner.get('id'), 64)}", inner) for inner in objects(resource.get("contained"))
    ]
    index.inner = {address: name for address, inner in contained if (name := _name(inner))}
    index.inner_days = {address: day for address, inner in contained if (day := _taken_on(inner))}


def report_facts(report: Json, index: Index, number: int) -> ReportFacts:
    """Return what a DiagnosticReport says of all its results. Raises Refused for a bad day."""
    return _facts(report, index, number, is_laboratory(report.get("category")))


def panel_facts(panel: Json, index: Index, number: int) -> ReportFacts:
    """Return what an Observation says of its members. Raises Refused for a bad day."""
    said = is_laboratory(panel.get("category"))
    if said is None and is_of_a_sample(panel):
        said = True
    return _facts(panel, index, number, said)


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
        # Only this resource knows what it contains.
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
    if kind in ("Observation", "DiagnosticReport"):
        person = reference_of(resource.get("subject"))
        if person and not person.startswith("#") and len(index.people) < MOST_PEOPLE:
            index.people.add(person)
    addresses = addresses_of(found)
    if kind == "Observation":
        if text_of(resource.get("status")) in CORRECTED:
            identity = identity_hash(resource, addresses)
            if identity is not None and len(index.corrected) < MOST_REFERENCES:
                index.corrected.add(identity)
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
    elif kind in ("Practitioner", "PractitionerRole") and index.has_room:
        index.staff.update(address for address in addresses if address.startswith("urn:"))


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
    """Return the day on which a specimen was taken, where that is certain."""
    collection = specimen.get("collection")
    if not isinstance(collection, dict):
        return None
    period = collection.get("collectedPeriod")
    start = period.get("start") if isinstance(period, dict) else None
    try:
        return day_of(collection.get("collectedDateTime")) or day_of(start)
    except Refused:
        return None
