"""From hazard to rule to test, without a dangling end (``docs/safety/hazards.yaml``)."""

import re

import pytest
import yaml

from kairos.content.release import load_release
from scripts.repository import PACKAGE, ROOT, tracked_files
from tests.support.requirements import is_there

HAZARDS = yaml.safe_load((ROOT / "docs" / "safety" / "hazards.yaml").read_text(encoding="utf-8"))["hazards"]
RISK_CLASSES = {"catastrophic", "critical", "serious", "moderate"}
PARTS = {"id", "hazard", "harm", "risk", "guards", "rules", "tests"}
WHERE_RULES_LIVE = (PACKAGE / "content", PACKAGE / "domain")
NAMED = "\n".join(
    path.read_text(encoding="utf-8")
    for path in tracked_files()
    if path.suffix in {".py", ".yaml"} and any(path.is_relative_to(room) for room in WHERE_RULES_LIVE)
)


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda h: h["id"])
def test_a_hazard_is_complete(hazard):
    assert set(hazard) == PARTS
    assert hazard["risk"] in RISK_CLASSES
    assert hazard["guards"]
    assert hazard["tests"]


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda h: h["id"])
def test_its_rules_exist(hazard):
    """A rule id is a path that content or the domain names."""
    assert [rule for rule in hazard["rules"] if not re.search(rf"\b{re.escape(rule)}\b", NAMED)] == []


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda h: h["id"])
def test_its_tests_exist(hazard):
    assert [test for test in hazard["tests"] if not is_there(test)] == []


def test_every_rule_of_the_book_stands_against_a_hazard():
    named = {rule for hazard in HAZARDS for rule in hazard["rules"]}
    release = load_release()
    assert sorted({*release.rules, *(use.id for use in release.barred)} - named) == []


def test_ids_are_unique_and_in_order():
    ids = [h["id"] for h in HAZARDS]
    assert ids == [f"H-{n:02d}" for n in range(1, len(ids) + 1)]
