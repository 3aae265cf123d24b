"""Each row of the acceptance table has a specification that bears its name."""

import re

import pytest

from scripts.repository import ROOT

ROWS = {
    "ELIG": 11,
    "BP": 5,
    "FAST": 1,
    "DDI": 3,
    "PHQ": 3,
    "GAD": 1,
    "CS": 3,
    "CADSS": 1,
    "LOINC": 1,
    "MCID": 1,
    "PK": 20,
    "PD": 2,
    "POP": 2,
}
SPECS = "\n".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "tests" / "spec").rglob("test_*.py")))
NAMES = set(re.findall(r"^def test_([a-z]+_\d\d)_", SPECS, flags=re.MULTILINE))


@pytest.mark.parametrize("row", [f"{f}-{n:02}" for f, last in ROWS.items() for n in range(1, last + 1)])
def test_a_row_has_a_specification_of_its_name(row):
    """``test_elig_07_...`` for the row ELIG-07."""
    assert row.lower().replace("-", "_") in NAMES
