"""Eating and drinking before a dose.

The route says how long: too short a time before food holds the dose, before a drink it warns. A clinician may
go on with a reason. What nobody said is asked.
"""

from datetime import UTC, datetime, timedelta

import pytest

from kairos.content.release import load_release
from kairos.domain.protocols.fasting import NEVER, Intake, fasting_findings
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.rules.explanation import Explainer
from kairos.domain.rules.target import Route, Target
from kairos.vocab.verdict import Severity, Verdict

DOSE = datetime(2026, 6, 1, 10, tzinfo=UTC)
HOLD, WARN = Severity.RELATIVE, Severity.CAUTION
NASAL_SITUATIONS = (
    ("nasal dose: what", "minutes before", "verdict", "weight"),
    (Intake.FOOD, 110, Verdict.NOT_MET, HOLD),
    (Intake.FOOD, 120, Verdict.MET, HOLD),
    (Intake.DRINK, 20, Verdict.NOT_MET, WARN),
    (Intake.DRINK, 30, Verdict.MET, WARN),
)
OTHER_SITUATIONS = (
    ("route", "what", "minutes before", "verdict", "weight"),
    (Route.IV, Intake.FOOD, 359, Verdict.NOT_MET, HOLD),
    (Route.IM, Intake.FOOD, 360, Verdict.MET, HOLD),
    (Route.IV, Intake.DRINK, 119, Verdict.NOT_MET, HOLD),
    (Route.SUBLINGUAL, Intake.FOOD, 119, Verdict.NOT_MET, HOLD),
    (Route.SUBLINGUAL, Intake.FOOD, 120, Verdict.NOT_MET, WARN),
    (Route.ORAL, Intake.FOOD, 240, Verdict.MET, WARN),
    (Route.ORAL, Intake.DRINK, 29, Verdict.NOT_MET, WARN),
)


def found(route, last):
    """Return the findings by what was taken; ``last`` says how many minutes before the dose."""
    release = load_release()
    limits = LimitsInForce(release.parameters, DOSE.date())
    findings = fasting_findings(release.fasting, last, target=Target(route), dose_at=DOSE, limits=limits)
    assert [f.rule.rpartition("_")[2] for f in findings] == list(Intake)
    explain = Explainer(release.texts)
    assert all(explain.because(finding) and finding.sources for finding in findings)
    return dict(zip(Intake, findings, strict=True))


@pytest.mark.parametrize("route", [Route.ESKETAMINE, Route.NASAL])
@pytest.mark.parametrize(("what", "minutes", "verdict", "weight"), NASAL_SITUATIONS[1:])
def test_fast_01_before_a_nasal_dose(what, minutes, verdict, weight, route):
    """FAST-01: food 1 h 50 before holds, 2 h exactly passes; a drink 20 min before warns, 30 passes."""
    finding = found(route, {what: DOSE - timedelta(minutes=minutes)})[what]
    assert (finding.verdict, finding.severity, finding.ref) == (verdict, weight, "FAST-01")
    assert "spravato-epocrates" in finding.sources


@pytest.mark.parametrize(("route", "what", "minutes", "verdict", "weight"), OTHER_SITUATIONS[1:])
def test_before_the_other_routes(route, what, minutes, verdict, weight):
    """Six hours for food and two for drink before an injection; by mouth four hours, and half an hour."""
    finding = found(route, {what: DOSE - timedelta(minutes=minutes)})[what]
    assert (finding.verdict, finding.severity) == (verdict, weight)


def test_what_nobody_said_is_asked():
    """Not asked, or a time after the dose, is unknown; nothing at all today passes."""
    for last in ({}, {Intake.FOOD: DOSE + timedelta(minutes=1)}):
        assert {f.verdict for f in found(Route.ESKETAMINE, last).values()} == {Verdict.UNKNOWN}
    nothing = found(Route.ESKETAMINE, dict.fromkeys(Intake, NEVER))
    assert {f.verdict for f in nothing.values()} == {Verdict.MET}
