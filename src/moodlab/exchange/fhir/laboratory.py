"""Whether a FHIR resource is laboratory work: by its category, else by what its LOINC name says."""

import re
from typing import Any

from moodlab.exchange.fhir.values import Json, codes_of, concept_text, is_loinc_coding, objects

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
    """Whether a category says laboratory; None where there is no category."""
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
