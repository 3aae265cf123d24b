"""Blood pressure before a course.

The mean of the two newest days with readings counts. Above 140 or above 90 needs review; from 160 or from
100 a course is deferred, and for that the newest day alone is enough. Impossible readings and old ones are
not used; half ones stand in a section of their own.
"""

from dataclasses import replace

import pytest

from kairos.vocab.facts import Understanding
from kairos.vocab.verdict import Severity, Verdict
from tests.support.facts import finding, pressure, screened

RULE = "eligibility.blood_pressure"
DEFER, REVIEW = Severity.DEFER, Severity.RELATIVE
PRESSURE_SITUATIONS = (
    ("20 May [mmHg]", "28 May [mmHg]", "verdict", "severity", "says"),
    (None, None, Verdict.UNKNOWN, DEFER, "blood_pressure.none"),
    (None, (120, 80), Verdict.UNKNOWN, DEFER, "blood_pressure.too_few_days"),
    (None, (159, 99), Verdict.UNKNOWN, DEFER, "blood_pressure.too_few_days"),
    (None, (160, 80), Verdict.NOT_MET, DEFER, "blood_pressure.newest_beyond"),
    (None, (120, 100), Verdict.NOT_MET, DEFER, "blood_pressure.newest_beyond"),
    ((140, 90), (140, 90), Verdict.MET, DEFER, "blood_pressure.mean_within"),
    ((140, 80), (141, 80), Verdict.NOT_MET, REVIEW, "blood_pressure.mean_beyond"),
    ((120, 91), (120, 90), Verdict.NOT_MET, REVIEW, "blood_pressure.mean_beyond"),
    ((120, 80), (150, 85), Verdict.MET, DEFER, "blood_pressure.mean_within"),
    ((170, 95), (150, 90), Verdict.NOT_MET, DEFER, "blood_pressure.mean_beyond"),
    ((120, 80), (171, 108), Verdict.NOT_MET, DEFER, "blood_pressure.newest_beyond"),
)


@pytest.mark.parametrize(("earlier", "later", "verdict", "severity", "message"), PRESSURE_SITUATIONS[1:])
def test_the_mean_of_two_days_decides(earlier, later, verdict, severity, message):
    """Either part alone is enough; exactly 140/90 passes, exactly 160 or 100 is deferred."""
    facts = [*_reading(earlier, "2026-05-20"), *_reading(later, "2026-05-28")]
    found = finding(screened(facts), RULE)
    assert (found.verdict, found.severity, found.message) == (verdict, severity, message)
    assert found.ref == "BP-UNCTRL"
    assert "spravato-us-label" in found.sources


def _reading(value, on):
    return pressure(*value, on) if value else []


def test_readings_of_one_day_count_as_one():
    """Three readings of one day are one day: its mean, and a second day is still asked for."""
    facts = pressure(150, 80) + pressure(130, 80) + pressure(134, 80)
    found = finding(screened(facts), RULE)
    assert (found.verdict, found.message) == (Verdict.UNKNOWN, "blood_pressure.too_few_days")


def test_what_is_not_used():
    """The too old and the future do not count; the impossible are named, not passed over."""
    impossible = [replace(f, understanding=Understanding.IMPLAUSIBLE) for f in pressure(200, 879)]
    swapped = pressure(90, 190)
    old, future = pressure(190, 120, "2025-06-01"), pressure(190, 120, "2026-06-02")
    for facts in (old, future):
        assert finding(screened(facts), RULE).message == "blood_pressure.none"
    before = pressure(120, 80, "2026-05-01") + pressure(120, 80, "2026-05-02")
    for facts in (impossible, swapped):
        for known in ([], before):
            found = finding(screened(known + facts), RULE)
            assert (found.verdict, found.message) == (Verdict.UNKNOWN, "finding.unknown_unreadable_value")
            assert found.facts[0] in {f.id for f in facts}
        deferring = pressure(172, 90, "2026-05-01") + pressure(170, 90, "2026-05-02")
        assert finding(screened(deferring + facts), RULE).severity is Severity.DEFER
