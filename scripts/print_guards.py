"""Print which hazards and tests stand behind each rule, for the rule browser."""

import sys
from typing import Any

import yaml

from scripts.repository import PACKAGE, ROOT

PAGE = PACKAGE / "web" / "clinic" / "content" / "guards.yaml"
HEAD = "# Printed from docs/safety/hazards.yaml by `make docs`: rule -> the hazards it stands against.\n"


def page() -> str:
    """Return the table as YAML, rules sorted."""
    return HEAD + yaml.safe_dump(guards(), sort_keys=False, allow_unicode=True, width=1000)


def guards() -> dict[str, list[dict[str, Any]]]:
    """Return the hazards that each rule stands against, rules sorted."""
    hazards = yaml.safe_load((ROOT / "docs" / "safety" / "hazards.yaml").read_text(encoding="utf-8"))[
        "hazards"
    ]
    found: dict[str, list[dict[str, Any]]] = {}
    for hazard in hazards:
        told = {name: hazard[name] for name in ("id", "hazard", "risk", "tests")}
        for rule in hazard["rules"]:
            found.setdefault(rule, []).append(told)
    return {rule: [dict(each, tests=list(each["tests"])) for each in found[rule]] for rule in sorted(found)}


if __name__ == "__main__":
    sys.stdout.write(page())
