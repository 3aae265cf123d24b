"""A programme's own copy of a protocol is read from a file, and refused where it asks less."""

from datetime import date

import pytest

from kairos.content.loader import ContentError, ContentFile, read_source
from kairos.content.own_protocols import read_own_protocol
from kairos.content.release import load_release
from kairos.vocab.errors import InvalidInput

DAY = date(2026, 11, 24)
HEAD = "copies: esketamine_clinic\nid: our_esketamine\nversion: 1\n"
SLEEP = (
    "{id: sleep, ref: S-060, kind: choice, answers: {rested: pass, poor: %s}, source: cite:kairos-default}"
)


def read(text):
    """Read a copy from its text."""
    file = ContentFile("own.yaml", text.encode())
    return read_own_protocol(file, read_source(), load_release(), on=DAY)


def test_a_copy_keeps_everything_but_its_own():
    found = read(HEAD + "checks:\n  - " + SLEEP % "defer")
    assert (found.own.id, found.own.version) == ("our_esketamine", 1)
    assert [item.id for item in found.own.checks] == [item.id for item in found.base.checks]
    assert [(each.where, each.before, each.after) for each in found.differences] == [
        ("checks.sleep.poor", "caution", "defer")
    ]
    assert read(HEAD).differences == ()


def test_a_copy_that_asks_less_is_refused():
    with pytest.raises(InvalidInput, match="asks less"):
        read(HEAD + "checks:\n  - " + SLEEP % "pass")
    with pytest.raises(InvalidInput, match="time_gate"):
        read(
            HEAD
            + "time_gate: {least: release.iv_time_least, counts_from: first, source: cite:kairos-default}"
        )


@pytest.mark.parametrize(
    ("text", "said"),
    [("copies: none\nid: x\nversion: 1\n", "which is no protocol"), ("id: x\n", "copies is missing")],
)
def test_a_copy_of_nothing_is_refused(text, said):
    with pytest.raises(ContentError, match=said):
        read(text)
