"""Every rule that content ships has a specification, a living source and a line in the changelog."""

import pytest

from kairos.content.release import load_release
from scripts.repository import PACKAGE, ROOT

RULES = load_release().rules
SPECS = "\n".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "tests" / "spec").rglob("test_*.py")))
CHANGES = (PACKAGE / "content" / "CHANGELOG.md").read_text(encoding="utf-8")


def test_there_are_rules():
    assert RULES


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_rule_has_a_specification(rule):
    """Its id stands, in quotes, in a file of ``tests/spec``."""
    assert f'"{rule}"' in SPECS


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_rule_names_sources_that_exist(rule):
    sources = RULES[rule].sources
    assert sources
    assert {s.removeprefix("cite:") for s in sources} <= {
        c.removeprefix("cite:") for c in load_release().citations
    }


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_rule_has_a_line_in_the_changelog(rule):
    """Named itself, or with its whole chapter."""
    chapter = rule.rsplit(".", 1)[0].replace(".", "/")
    assert rule in CHANGES or f"rules/{chapter}/" in CHANGES
