"""A programme's own copy of a protocol is read from its text, and refused where it asks less."""

import pytest

from kairos.content.loader import ContentError, read_source
from kairos.content.own_protocols import read_own_protocol
from kairos.content.release import load_release
from kairos.vocab.errors import InvalidInput

SLEEP = (
    "{id: sleep, ref: S-060, kind: choice, answers: {rested: pass, poor: %s}, source: cite:kairos-default}"
)
TIMES = "time_gate: {least: release.iv_time_least, counts_from: first, source: cite:kairos-default}"


def read(text, copies="esketamine_clinic"):
    """Read a copy from its text."""
    return read_own_protocol(copies, 1001, text, read_source(), load_release())


def test_a_copy_keeps_everything_but_its_own():
    found = read("checks:\n  - " + SLEEP % "defer")
    assert (found.own.id, found.own.version) == ("esketamine_clinic", 1001)
    assert [item.id for item in found.own.checks] == [item.id for item in found.base.checks]
    assert [(each.where, each.before, each.after) for each in found.differences] == [
        ("checks.sleep.poor", "caution", "defer")
    ]
    assert read("").differences == ()


def test_a_copy_that_asks_less_is_refused():
    with pytest.raises(InvalidInput, match="asks less"):
        read("checks:\n  - " + SLEEP % "pass")
    with pytest.raises(InvalidInput, match="time_gate"):
        read(TIMES)


@pytest.mark.parametrize(
    ("copies", "text", "said"),
    [
        ("none", "", "is no protocol of the release"),
        ("esketamine_clinic", "id: another", "stands twice"),
        ("esketamine_clinic", "checks: [", "not YAML"),
        ("esketamine_clinic", "wishes: none", "unexpected key"),
    ],
)
def test_a_text_that_is_no_copy_is_refused(copies, text, said):
    with pytest.raises(ContentError, match=said):
        read(text, copies)
