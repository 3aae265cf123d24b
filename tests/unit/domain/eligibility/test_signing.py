"""What stands between a clinician and a signature."""

import pytest

from kairos.domain.eligibility.decision import Decision
from kairos.domain.eligibility.signing import (
    STAGE_AFTER,
    Obstacle,
    ObstacleKind,
    fingerprint,
    needing_reason,
    obstacles,
)
from kairos.vocab.finding import Finding
from kairos.vocab.stages import Stage
from kairos.vocab.verdict import Severity, Verdict


def found(rule, verdict, severity=Severity.RELATIVE, facts=()):
    return Finding(rule, "REF", verdict, severity, "finding.present", {}, facts, ("kairos-default",))


IN_ORDER = found("a", Verdict.MET)


@pytest.mark.parametrize(
    ("finding", "kind"),
    [
        (found("b", Verdict.NOT_MET, Severity.ABSOLUTE), ObstacleKind.EXCLUDED),
        (found("b", Verdict.NOT_MET, Severity.DEFER), ObstacleKind.NOT_YET),
        (found("b", Verdict.UNKNOWN, Severity.CAUTION), ObstacleKind.OPEN),
        (found("b", Verdict.NOT_MET), ObstacleKind.NO_REASON),
    ],
)
def test_each_stands_in_the_way_of_a_start(finding, kind):
    reasons = {} if kind is ObstacleKind.NO_REASON else {"b": "a good reason"}
    left = obstacles([IN_ORDER, finding], Decision.START, why="so", reasons=reasons)
    assert left == (Obstacle(kind, "b"),)


@pytest.mark.parametrize("finding", [IN_ORDER, found("b", Verdict.NOT_MET, Severity.CAUTION)])
def test_what_is_in_order_or_good_to_know_does_not(finding):
    assert obstacles([finding], Decision.START, why="so", reasons={}) == ()


def test_no_findings_at_all_never_let_anybody_start():
    assert obstacles([], Decision.START, why="so", reasons={}) == (Obstacle(ObstacleKind.OPEN),)


def test_a_blank_reason_is_none_and_a_given_one_counts():
    relative = found("b", Verdict.NOT_MET)
    assert obstacles([relative], Decision.START, why="so", reasons={"b": "  "})
    assert not obstacles([relative], Decision.START, why="so", reasons={"b": "cleared"})


@pytest.mark.parametrize("decision", [Decision.NOT_NOW, Decision.REFER, Decision.NO])
def test_any_other_decision_needs_only_its_why(decision):
    excluded = [found("b", Verdict.NOT_MET, Severity.ABSOLUTE)]
    assert obstacles(excluded, decision, why="so", reasons={}) == ()
    assert obstacles(excluded, decision, why=" ", reasons={}) == (Obstacle(ObstacleKind.NO_WHY),)


def test_the_gravest_obstacle_comes_first():
    findings = [found("b", Verdict.NOT_MET), found("c", Verdict.NOT_MET, Severity.ABSOLUTE)]
    kinds = [one.kind for one in obstacles(findings, Decision.START, why="", reasons={})]
    assert kinds == [ObstacleKind.EXCLUDED, ObstacleKind.NO_REASON, ObstacleKind.NO_WHY]


def test_only_relative_findings_can_be_gone_on_with():
    findings = [found(s.value, Verdict.NOT_MET, s) for s in Severity] + [found("x", Verdict.UNKNOWN)]
    assert needing_reason(findings) == ("relative",)


def test_only_a_start_makes_eligible():
    assert [d for d, stage in STAGE_AFTER.items() if stage is Stage.ELIGIBLE] == [Decision.START]
    assert set(STAGE_AFTER) == set(Decision)


def test_a_fingerprint_ignores_order_and_sees_every_change():
    one, other = found("a", Verdict.MET), found("b", Verdict.MET)
    assert fingerprint([one, other]) == fingerprint([other, one])
    changed = [found("a", Verdict.UNKNOWN), found("a", Verdict.MET, facts=("f",))]
    assert len({fingerprint([one]), *(fingerprint([c]) for c in changed)}) == 3
