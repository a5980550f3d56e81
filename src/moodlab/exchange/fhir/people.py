"""Whose results a file holds, and whether that is another person than before.

Only hashes are kept, so that no name, birthday or number of a person stands in the journal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moodlab.domain.ids import derived_id
from moodlab.exchange.fhir.values import Json, objects, reference_of, text_of

Facts = frozenset[str]


@dataclass(frozen=True, slots=True)
class Person:
    """A person as a question names them, and the hashed facts that tell them from others."""

    shown: str = ""
    facts: Facts = frozenset()

    def joined_with(self, other: "Person") -> "Person":
        """Return one person with what both say."""
        return Person(self.shown or other.shown, self.facts | other.facts)

    def without_address(self) -> "Person":
        """Return the person without the address, which each provider gives anew."""
        return Person(self.shown, frozenset(each for each in self.facts if each[:3] != "at:"))


def subject_of(subject: Json) -> Person:
    """Return the person that a reference names."""
    display = text_of(subject.get("display"))
    facts = {*_name_facts("name", display), *_identifier_facts(subject.get("identifier"))}
    address = reference_of(subject)
    # A urn is made anew for each file.
    if address and not address.startswith(("#", "urn:")):
        facts.add(_hashed("at", address))
    return Person(display or address, frozenset(facts))


def patient_of(patient: Json) -> Person:
    """Return the person that a Patient resource describes."""
    names = list(objects(patient.get("name")))
    words: list[str] = []
    facts = set(_identifier_facts(patient.get("identifier")))
    for name in names:
        given, family = _texts(name.get("given")), _texts(name.get("family"))
        words.append(text_of(name.get("text")) or " ".join((*given, *family)))
        for text in given:
            facts.update(_name_facts("given", text))
        for text in (*given, *family, text_of(name.get("text"))):
            facts.update(_name_facts("name", text))
    born = text_of(patient.get("birthDate"), 10)
    if born:
        facts.add(_hashed("born", born))
    shown = ", ".join(text for text in (next(iter(words), ""), born) if text)
    return Person(shown, frozenset(facts))


def find_stranger(named: Iterable[Person], known: Sequence[Facts]) -> Person | None:
    """Return the first person who is certainly none of the known ones."""
    for person in named:
        verdicts = [_is_another(person.facts, facts) for facts in known]
        if verdicts and all(verdicts):
            return person
    return None


def _is_another(one: Facts, other: Facts) -> bool:
    """Whether two descriptions can't be of one person; false also where nothing tells."""
    if _differ(one, other, "born:") or _differ(one, other, "given:"):
        return True
    if _agree(one, other, "id:"):
        return False
    if _agree(one, other, "born:") or _agree(one, other, "name:"):
        return _differ(one, other, "name:") and not _agree(one, other, "given:")
    if _differ(one, other, "name:"):
        return True
    systems = {fact.rpartition(":")[0] for fact in one if fact.startswith("id:")}
    if any(fact.rpartition(":")[0] in systems for fact in other):
        return True
    return _differ(one, other, "at:")


def _agree(one: Facts, other: Facts, kind: str) -> bool:
    return any(fact.startswith(kind) for fact in one & other)


def _differ(one: Facts, other: Facts, kind: str) -> bool:
    both = all(any(fact.startswith(kind) for fact in facts) for facts in (one, other))
    return both and not _agree(one, other, kind)


def _identifier_facts(identifiers: object) -> list[str]:
    return [
        f"{_hashed('id', system)}:{_hash(value)}"
        for each in objects(identifiers)
        if (value := text_of(each.get("value"))) and (system := text_of(each.get("system")))
    ]


def _name_facts(kind: str, text: str) -> list[str]:
    letters = "".join(sign if sign.isalpha() else " " for sign in text.casefold())
    return [_hashed(kind, word) for word in letters.split() if len(word) > 1]


def _texts(value: object) -> list[str]:
    """Return the texts of a list, or the only one: DSTU2 and R4 differ."""
    given = value if isinstance(value, list) else [value]
    return [text for each in given if (text := text_of(each))]


def _hashed(kind: str, text: str) -> str:
    return f"{kind}:{_hash(text)}"


def _hash(text: str) -> str:
    return derived_id("person", text).replace("-", "")[:16]
