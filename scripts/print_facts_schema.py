"""Print the columns of the table of facts as ``docs/reference/facts-schema.md``."""

# ruff: noqa: E501 - the page is written as it is printed

import sys

from kairos.analytics.fact_schema import CONTENT_KEY, DATED, DATED_KEY, FACT_COLUMNS, VERSION, VERSION_KEY
from scripts.repository import ROOT

PAGE = ROOT / "docs" / "reference" / "facts-schema.md"
HEAD = f"""# The table of facts

Printed from `src/kairos/analytics/fact_schema.py` by `make docs`. Version {VERSION}, of {DATED}.

`kairos facts FILE... --out FACTS.parquet` writes this table; `kairos cohort FACTS.parquet` reads it. It is a Parquet file
with one row a fact, the facts of one person together. A person of whom nothing is known has one row in which only `person`
is filled. The file says in its metadata which version of the table it has (`{VERSION_KEY.decode()}`), of which day
(`{DATED_KEY.decode()}`), and which content read the records (`{CONTENT_KEY.decode()}`). Another version is refused.

What a fact is and what its words mean stands in [Facts](../explanation/facts.md). The table holds whatever the source says:
names of people are not in it, their ids, birth dates and conditions are. Treat it as a record.

- Empty means that the source does not say. Nothing is filled in.
- Dates keep the source's precision: `begin` and `end` as written, beside the earliest and latest day each can mean.
- Times are UTC instants.
- `first`, `last`, `usable_from`, `withdrawn_from` and `place` are worked out from the other columns when the table is
  written, by `domain/rules/placing.py`, which the evaluation of one person rests on too. They depend on no day and no rule.

| column | type | holds |
|---|---|---|
| `person` | string | whom the fact is about: the id of the Patient, as `kairos screen` shows it |
| `person_number` | int32 | the same as a number within this file, counted from 0: joining by it is quick |
"""


def page() -> str:
    """Return the page."""
    return HEAD + "".join(f"| `{c.name}` | {c.type} | {c.about} |\n" for c in FACT_COLUMNS)


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
