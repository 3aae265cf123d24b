"""Print who may do what as ``docs/reference/access.md``, from the table of grants."""

import sys
from collections.abc import Iterable

from kairos.vocab.people import GRANTS, Permission, Role
from scripts.repository import ROOT

PAGE = ROOT / "docs" / "reference" / "access.md"
HEAD = """# Who may do what

Printed from the table of grants in `src/kairos/vocab/people.py` by `make docs`. What is not listed is denied.
Every route and every action names exactly one permission. Staff act within their programmes only.
"""


def page() -> str:
    """Return the page: permissions with their holders, then roles with what they may."""
    by_permission = [
        f"| {_words(p)} | {_list(_words(r) for r in Role if r in GRANTS[p])} |" for p in Permission
    ]
    by_role = [f"| {_words(r)} | {_list(_words(p) for p in Permission if r in GRANTS[p])} |" for r in Role]
    parts = [
        HEAD,
        "| permission | held by |",
        "|---|---|",
        *by_permission,
        "",
        "| role | may |",
        "|---|---|",
        *by_role,
    ]
    return "\n".join(parts) + "\n"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _list(names: Iterable[str]) -> str:
    return ", ".join(names) or "nothing yet"


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
