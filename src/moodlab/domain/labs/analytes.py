"""The lab catalogue: what can be measured in blood, its codes and its units.

TO ADD AN ANALYTE: one entry in `ANALYTES`. There are no default reference ranges on purpose: four
labs flag the same number four ways, so only the range that the lab itself printed is ever shown.
LOINC codes carry a mod-10 check digit, which a test recomputes.
"""

from dataclasses import dataclass
from decimal import Decimal

from moodlab.domain.errors import Refused
from moodlab.domain.labs.units import Conversion, fold_unit
from moodlab.i18n import translate

_METRIC = "metric prefixes"


@dataclass(frozen=True, slots=True)
class Analyte:
    """One orderable test.

    CRP and hs-CRP are the same substance by two kinds of assay: they share `analyte`, differ in
    `assay`, and are never joined silently. The first conversion's unit is canonical; a test whose
    results are all in words has none. `other_loincs` are the same test by another method, in
    another specimen or another unit; a result keeps the code that it came with.
    `tells_inflammation` is for what inflammation changes first of all: where there is room for few
    results, those stand there.
    """

    id: str
    label: str
    loinc: str
    conversions: tuple[Conversion, ...]
    analyte: str = ""
    assay: str | None = None
    other_names: tuple[str, ...] = ()
    other_loincs: tuple[str, ...] = ()
    tells_inflammation: bool = False

    @property
    def canonical_unit(self) -> str:
        """The unit in which results of this analyte are compared and drawn."""
        return self.conversions[0].unit if self.conversions else ""

    @property
    def substance(self) -> str:
        """The id shared by all assays of one substance."""
        return self.analyte or self.id

    def units_in_words(self) -> str:
        """Return the units that are known, as people write them; empty for none."""
        shown = (display_unit(conversion.unit) for conversion in self.conversions)
        return ", ".join(unit for unit in shown if unit)

    def conversion(self, unit: str) -> Conversion:
        """Return how the printed `unit` converts. Raises Refused when it is not accepted here."""
        folded = fold_unit(unit)
        for conversion in self.conversions:
            if fold_unit(conversion.unit) == folded:
                return conversion
        accepted = self.units_in_words()
        if not self.conversions:
            raise Refused(
                translate(
                    "labs",
                    "{label} has no unit yet. Add one on the Labs page, under “Another unit…”.",
                ).format(label=self.label)
            )
        if not accepted:
            raise Refused(
                translate("labs", "{label} has no unit. Leave out “{unit}”.").format(
                    label=self.label, unit=unit.strip()
                )
            )
        if not folded:
            raise Refused(
                translate(
                    "labs", "The unit is missing. Copy it from the report: {accepted}."
                ).format(accepted=accepted)
            )
        raise Refused(
            translate("labs", "{label} can't be entered in “{unit}”. Use {accepted}.").format(
                label=self.label, unit=unit.strip(), accepted=accepted
            )
        )


def _units(canonical: str, *others: tuple[str, str, str]) -> tuple[Conversion, ...]:
    return (
        Conversion(canonical, Decimal(1), "itself"),
        *(Conversion(unit, Decimal(factor), source) for unit, factor, source in others),
    )


# Powers of ten are written 1E1, so that a converted number has as many digits as the printed one:
# 0.31 mg/dL is 3.1 mg/L, not 3.10.
_CRP_UNITS = _units(
    "mg/L",
    ("mg/dL", "1E1", _METRIC),
    ("ug/mL", "1", _METRIC),
    ("ug/dL", "1E-2", _METRIC),
    ("g/L", "1E3", _METRIC),
    # Labs use 105 kDa (Roche CRP insert: 0.15 mg/L = 1.43 nmol/L), though the pentamer weighs more.
    ("nmol/L", "0.105", "Roche insert 05950864190; molar mass 105 000 g/mol"),
)
_CYTOKINE_UNITS = _units(
    "pg/mL", ("ng/L", "1", _METRIC), ("ng/mL", "1E3", _METRIC), ("fg/mL", "1E-3", _METRIC)
)

ANALYTES: tuple[Analyte, ...] = (
    # Capillary blood; nmol/L.
    Analyte("crp", "CRP", "1988-5", _CRP_UNITS, other_loincs=("48421-2", "76485-2"),
            other_names=("creactiveprotein", "creaktivesprotein"),
            tells_inflammation=True),
    # Whole blood; nmol/L.
    Analyte("hs_crp", "hs-CRP", "30522-7", _CRP_UNITS, analyte="crp", assay="hs",
            other_loincs=("71426-1", "76486-0"), other_names=("crphs",),
            tells_inflammation=True),
    Analyte("il6", "IL-6", "26881-3", _CYTOKINE_UNITS, other_names=("interleukin6",),
            tells_inflammation=True),
    Analyte("tnf_alpha", "TNF-α", "3074-2", _CYTOKINE_UNITS, other_names=("tnf", "tnfα", "tnfa"),
            tells_inflammation=True),
    Analyte("il1b", "IL-1β", "13629-1", _CYTOKINE_UNITS, other_names=("il1β", "il1beta"),
            tells_inflammation=True),
    # Westergren; photometric. The two-hour reading, 18184-2, is another test.
    Analyte("esr", "ESR", "30341-2", _units("mm/h", ("mm", "1", "read after one hour")),
            other_loincs=("4537-7", "82477-1"), other_names=("sedrate", "bsg"),
            tells_inflammation=True),
    # Immunoassay; whole blood; pmol/L.
    Analyte("ferritin", "Ferritin", "2276-4",
            _units("ng/mL", ("ug/L", "1", _METRIC),
                   ("pmol/L", "0.445", "AMA factor 2.247 pmol/L per ng/mL")),
            other_loincs=("20567-4", "24373-3", "14723-1")),
    # 2.496 = 1000 / 400.65, the molar mass of 25-hydroxyvitamin D3.
    # D2 + D3 by mass; D3 by mass; D3 in nmol/L.
    Analyte("vitamin_d", "Vitamin D (25-OH)", "68438-1",
            _units("nmol/L", ("ng/mL", "2.496", "molar mass 400.65 g/mol"),
                   ("ug/L", "2.496", "molar mass 400.65 g/mol")),
            other_loincs=("62292-8", "1989-3", "14635-7"),
            other_names=("25ohd", "vitamind25oh", "25ohvitamind", "25hydroxyvitamind")),
    # By detection limit: 0.05 and 0.005 m[IU]/L.
    Analyte("tsh", "TSH", "3016-3",
            _units("m[IU]/L", ("mU/L", "1", _METRIC), ("u[IU]/mL", "1", _METRIC),
                   ("uU/mL", "1", _METRIC)),
            other_loincs=("11579-0", "11580-8"), other_names=("thyrotropin",)),
    # NGSP; NGSP by HPLC; NGSP calculated. Labs send either unit under either code.
    Analyte("hba1c", "HbA1c", "59261-8",
            (Conversion("mmol/mol", Decimal(1), "itself"),
             # NGSP/IFCC master equation: IFCC = 10.93 × NGSP − 23.50.
             Conversion("%", Decimal("10.93"), "NGSP/IFCC master equation", Decimal("-23.50"))),
            other_loincs=("4548-4", "17856-6", "17855-8")),
)  # fmt: skip

BY_ID = {analyte.id: analyte for analyte in ANALYTES}

# The substances that tell of inflammation, CRP first; each once, whatever its assays.
INFLAMMATION = tuple(
    dict.fromkeys(analyte.substance for analyte in ANALYTES if analyte.tells_inflammation)
)


def display_unit(unit: str) -> str:
    """Return a UCUM unit as people write it: ``m[IU]/L`` → ``mIU/L``, ``ug/mL`` → ``µg/mL``."""
    if unit == "{}":
        return ""  # UCUM's remark, left empty
    plain = unit.replace("[IU]", "IU")
    return "µ" + plain[1:] if plain[:2] in ("ug", "uI", "uU") else plain
