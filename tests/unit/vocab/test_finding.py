"""A finding that names no source cannot exist."""

from dataclasses import FrozenInstanceError

import pytest

from kairos.vocab.finding import Finding
from kairos.vocab.verdict import Severity, Verdict


def a_finding(**changes):
    given = {
        "rule": "eligibility.some_rule",
        "ref": "SOME",
        "verdict": Verdict.UNKNOWN,
        "severity": Severity.ABSOLUTE,
        "message": "eligibility.some_rule.unknown",
        "values": {},
        "facts": (),
        "sources": ("cite:label",),
    }
    return Finding(**(given | changes))


def test_a_finding_names_its_sources():
    assert a_finding().sources == ("cite:label",)


def test_a_finding_without_source_is_refused_with_its_rule():
    with pytest.raises(ValueError, match=r"eligibility\.some_rule names no source"):
        a_finding(sources=())


def test_a_finding_cannot_be_changed_afterwards():
    finding = a_finding()
    with pytest.raises(FrozenInstanceError):
        finding.verdict = Verdict.MET
