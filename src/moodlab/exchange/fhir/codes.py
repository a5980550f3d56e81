"""What the codes of a FHIR resource mean: whether it is laboratory work, and which test it is."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.labs.analytes import Analyte, display_unit
from moodlab.domain.labs.catalogue import (
    LONGEST_LABEL,
    Catalogue,
    is_coded,
    own_analyte,
    unit_as_printed,
)
from moodlab.domain.labs.own_units import set_apart
from moodlab.exchange.fhir.names import NamedTest
from moodlab.exchange.fhir.values import (
    Json,
    codes_of,
    concept_text,
    is_loinc_coding,
    objects,
    text_of,
)
from moodlab.i18n import translate

# Observation categories, categories of the v2 table 0074 that are laboratory work, and the LOINC
# and SNOMED codes of laboratory sections that European reports carry in their place.
_CATEGORIES = frozenset((
    "laboratory", "lab", "ch", "hm", "mb", "cp", "imm", "blb", "tx", "vr", "sr", "urn",
    "26436-6", "18717-9", "18719-5", "18720-3", "18721-1", "18722-9", "18723-7", "18725-2",
    "18727-8", "18728-6", "18729-4", "18767-4", "108252007",
))  # fmt: skip
# LOINC names a test of a sample as “Sodium [Moles/volume] in Serum or Plasma”.
_OF_A_SAMPLE = re.compile(
    r"\[[^\]]+\] (?:in|of) .*?\b(?:serum|plasma|blood|urine|stool|saliva|specimen|bone marrow"
    r"|red blood cells|(?:spinal|body|synovial|pleural|peritoneal|amniotic) fluid)\b",
    re.IGNORECASE,
)


def is_laboratory(category: Any) -> bool | None:
    """Whether a category is laboratory; None without a category."""
    codes = codes_of(category)
    return bool(codes & _CATEGORIES) if codes else None


def is_of_a_sample(observation: Json) -> bool:
    """Whether an observation without a category names a specimen, or a test of one by LOINC."""
    return bool(observation.get("specimen")) or any(
        _OF_A_SAMPLE.search(concept_text({"coding": [coding]}))
        for concept in objects(observation.get("code"))
        for coding in objects(concept.get("coding"))
        if is_loinc_coding(coding)
    )


def find_test(
    catalogue: Catalogue,
    loincs: Sequence[str],
    test: NamedTest,
    units: Sequence[str] | None,
    *,
    names_suffice: bool,
    is_ambiguous: bool = False,
) -> tuple[Analyte, Catalogue]:
    """Return the test, and the catalogue, to which it was added where it is new.

    Two codes never become one test; without a code, panel and name together tell tests apart. A
    test that the journal knows by this name alone is taken, unless the name `is_ambiguous`: the
    file gives it to two codes.

    `units` are the ways in which the result gives its unit, None for one in words. Raises
    NeedsConfirmation for a name that only looks like a known test's, and Refused for codes of two
    tests and for a code without any name.
    """
    coded = [analyte for code in loincs if (analyte := catalogue.coded(code)) is not None]
    if len({analyte.id for analyte in coded}) > 1:
        raise Refused(
            translate("import", "Its codes mean {tests}. The test is not clear.").format(
                tests=translate("import", " and ").join(
                    dict.fromkeys(analyte.label for analyte in coded)
                )
            )
        )
    if coded:
        return _in_unit(catalogue, coded[0], units)
    loinc = loincs[0] if loincs else ""
    if not test.name:
        raise Refused(translate("import", "The test has neither a code nor a name."))
    mine = _own_test(test, loinc)
    if mine.id in catalogue.by_id:
        return _in_unit(catalogue, catalogue.by_id[mine.id], units)
    by_name = catalogue.by_id.get(own_analyte(test.name).id)
    if by_name is not None and not loinc and not (test.code and is_ambiguous):
        return _in_unit(catalogue, by_name, units)
    meant = catalogue.meant_by(test.name)
    has_other_code = meant is not None and is_coded(meant) and bool(test.code or test.panel)
    if meant is not None and not loinc and not has_other_code:
        if names_suffice:
            return _in_unit(catalogue, meant, units)
        raise NeedsConfirmation(
            translate("import", "It has no LOINC code. Is it {label}?").format(label=meant.label)
        )
    return _in_unit(catalogue, _told_apart(mine, test, catalogue), units)


def _own_test(test: NamedTest, loinc: str) -> Analyte:
    if loinc:
        return own_analyte(test.name, loinc=loinc)
    if test.code:
        return own_analyte(test.name, code=test.code)
    return own_analyte(text_of(test.in_panel, LONGEST_LABEL))


def _told_apart(mine: Analyte, test: NamedTest, catalogue: Catalogue) -> Analyte:
    """Return a new test under a label that no other one has."""
    code = mine.loinc or test.code.rpartition("|")[2]
    for label in (mine.label, test.in_panel, f"{test.in_panel} ({code})"):
        if catalogue.meant_by(label) is None:
            return replace(mine, label=text_of(label, LONGEST_LABEL))
    return mine


def _in_unit(
    catalogue: Catalogue, analyte: Analyte, units: Sequence[str] | None
) -> tuple[Analyte, Catalogue]:
    """Return the test that results with this unit belong to.

    A built-in test keeps its units. A person's own test takes the unit of its first result; results
    in another unit form a separate test until the person says how it converts.
    """
    is_known = analyte.id in catalogue.by_id
    if is_known and not catalogue.is_own(analyte):
        return analyte, catalogue
    if units is None:
        return analyte, catalogue if is_known else catalogue.with_analyte(analyte)
    unit = next((each for each in units if each), "")
    if not analyte.conversions:
        analyte = replace(analyte, conversions=(unit_as_printed(unit),))
        return analyte, catalogue.with_analyte(analyte)
    if any(_is_accepted(analyte, each) for each in units or [""]):
        return analyte, catalogue
    apart = set_apart(analyte, unit)
    if apart.id in catalogue.by_id:
        return catalogue.by_id[apart.id], catalogue
    shown = display_unit(unit) or translate("import", "no unit")
    apart = replace(apart, label=f"{analyte.label} ({shown})")
    return apart, catalogue.with_analyte(apart)


def _is_accepted(analyte: Analyte, unit: str) -> bool:
    try:
        analyte.conversion(unit)
    except Refused:
        return False
    return True
