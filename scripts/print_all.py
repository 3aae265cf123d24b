"""Print every generated page; with ``--check`` only say which are out of date. This is ``make docs``."""

import sys

from scripts import (
    print_access,
    print_evidence,
    print_facts_schema,
    print_guards,
    print_instruments,
    print_routes,
    print_rules,
    print_specs,
    print_states,
)
from scripts.repository import shown

PRINTERS = (
    print_access,
    print_evidence,
    print_facts_schema,
    print_guards,
    print_routes,
    print_rules,
    print_states,
    print_specs,
    print_instruments,
)


def main(arguments: list[str]) -> int:
    """Write what changed, or name it and answer 1."""
    stale = [p for p in PRINTERS if not p.PAGE.exists() or p.PAGE.read_text(encoding="utf-8") != p.page()]
    for printer in stale:
        if "--check" in arguments:
            print(f"{shown(printer.PAGE)} is out of date; run: make docs")
        else:
            printer.PAGE.write_text(printer.page(), encoding="utf-8")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
