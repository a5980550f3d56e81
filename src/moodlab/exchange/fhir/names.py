"""What the tests of a file are called, and the codes by which equal names are told apart."""

from dataclasses import dataclass, field

from moodlab.exchange.fhir.values import Json, concept_text, is_loinc_coding, objects, text_of

_MOST = 100_000


@dataclass(frozen=True, slots=True)
class NamedTest:
    """A test as a file names it: its panel, its name and a laboratory's own ``system|code``."""

    name: str
    code: str = ""
    panel: str = ""

    @property
    def in_panel(self) -> str:
        """``Ascites: Erythrocytes``, or the name alone."""
        if not self.panel or self.panel.casefold() == self.name.casefold():
            return self.name
        return f"{self.panel}: {self.name}"


@dataclass(slots=True)
class NamesSeen:
    """Which names stand for more than one of a laboratory's own codes."""

    _codes: dict[str, str] = field(default_factory=dict)
    _ambiguous: set[str] = field(default_factory=set)

    def learn(self, observation: Json) -> None:
        """Note the names of an observation and of its components."""
        for part in (observation, *objects(observation.get("component"))):
            code, name = own_code(part.get("code")), concept_text(part.get("code")).casefold()
            if not code or not name or len(self._codes) >= _MOST:
                continue
            if self._codes.setdefault(name, code) != code:
                self._ambiguous.add(name)

    def is_ambiguous(self, name: str) -> bool:
        """Whether the file gives this name to two codes."""
        return name.casefold() in self._ambiguous


def own_code(concept: object) -> str:
    """Return the first code that is none of LOINC's, as ``system|code``; empty without one."""
    for each in objects(concept):
        for coding in objects(each.get("coding")):
            code = text_of(coding.get("code"))
            if code and not is_loinc_coding(coding):
                return f"{text_of(coding.get('system'))}|{code}"
    return ""
