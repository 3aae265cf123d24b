"""Readings without a date, and half of a blood pressure.

A reading without a date may be the newest of all. Where it lies beyond the limit it is never passed over:
nobody goes on until somebody says when it was taken. A good one without a date shows nothing. One part of a
blood pressure defers by its own limit; below it, the missing part is asked for.
"""

import pytest

from kairos.vocab.facts import FactKind, Presence, Understanding
from kairos.vocab.verdict import Advice, Severity, Verdict
from tests.support.facts import every_answer_no, finding, measured, pressure, screened, without

BLOOD_PRESSURE = "eligibility.blood_pressure"
READING_SITUATIONS = (
    ("dated 30 May", "without a date", "verdict"),
    (None, None, Verdict.UNKNOWN),
    (98, None, Verdict.MET),
    (98, 97, Verdict.MET),
    (98, 85, Verdict.UNKNOWN),
    (None, 85, Verdict.UNKNOWN),
    (None, 98, Verdict.UNKNOWN),
    (85, 98, Verdict.NOT_MET),
    (85, 85, Verdict.NOT_MET),
)


@pytest.mark.parametrize(("dated", "undated", "verdict"), READING_SITUATIONS[1:])
def test_oxygen_saturation_without_a_date(dated, undated, verdict):
    """Oxygen saturation [%], 94 being the least: what is dated defers by itself, and passes only alone."""
    facts = [_saturation(dated, "2026-05-30")] if dated else []
    facts += [_saturation(undated, None)] if undated else []
    found = finding(
        screened([*without(every_answer_no(), "oxygen_saturation"), *facts]), "eligibility.breathing"
    )
    assert found.verdict is verdict
    if verdict is Verdict.UNKNOWN and undated:
        said = {85: "finding.unknown_undated_beyond", 98: "finding.unknown_undated"}
        assert (found.message, found.facts) == (said[undated], (facts[-1].id,))


def _saturation(value, on):
    return measured("oxygen_saturation", value, "%", on, kind=FactKind.VITAL)


def test_what_nobody_could_read_may_lie_beyond():
    """Without a date and not understood, or in doubt: asked about. Stated absent: nothing."""
    odd = ({"understanding": Understanding.NOT_UNDERSTOOD}, {"presence": Presence.NOT_SURE})
    for parts in odd:
        unread = measured("alt", 20, "U/L", None, **parts)
        found = finding(screened([*every_answer_no(), unread]), "eligibility.liver_enzymes")
        assert (found.verdict, found.message) == (Verdict.UNKNOWN, "finding.unknown_undated")
    absent = measured("alt", 900, "U/L", None, presence=Presence.ABSENT)
    assert finding(screened([*every_answer_no(), absent]), "eligibility.liver_enzymes").verdict is Verdict.MET


PRESSURE_SITUATIONS = (
    ("20 and 28 May [mmHg]", "without a date [mmHg]", "verdict", "severity", "says"),
    (None, (120, 80), Verdict.UNKNOWN, Severity.DEFER, "finding.unknown_undated"),
    (None, (165, 80), Verdict.UNKNOWN, Severity.DEFER, "finding.unknown_undated_beyond"),
    ((120, 80), (140, 90), Verdict.MET, Severity.DEFER, "blood_pressure.mean_within"),
    ((120, 80), (141, 80), Verdict.UNKNOWN, Severity.RELATIVE, "finding.unknown_undated_beyond"),
    ((120, 80), (120, 91), Verdict.UNKNOWN, Severity.RELATIVE, "finding.unknown_undated_beyond"),
    ((120, 80), (160, 80), Verdict.UNKNOWN, Severity.DEFER, "finding.unknown_undated_beyond"),
    ((120, 80), (120, 100), Verdict.UNKNOWN, Severity.DEFER, "finding.unknown_undated_beyond"),
    ((150, 80), (165, 80), Verdict.NOT_MET, Severity.RELATIVE, "blood_pressure.mean_beyond"),
    ((165, 80), (120, 80), Verdict.NOT_MET, Severity.DEFER, "blood_pressure.newest_beyond"),
)


@pytest.mark.parametrize(("dated", "undated", "verdict", "severity", "message"), PRESSURE_SITUATIONS[1:])
def test_a_blood_pressure_without_a_date(dated, undated, verdict, severity, message):
    """Above 140 or 90 it needs review, from 160 or 100 it defers; without a date it asks."""
    known = [*pressure(*dated, "2026-05-20"), *pressure(*dated, "2026-05-28")] if dated else []
    result = screened([*_nothing_else_open(), *known, *pressure(*undated, None)])
    found = finding(result, BLOOD_PRESSURE)
    assert (found.verdict, found.severity, found.message) == (verdict, severity, message)
    if verdict is Verdict.UNKNOWN or severity is Severity.RELATIVE:
        assert result.advice is Advice.INCOMPLETE


def _nothing_else_open():
    return without(every_answer_no(), "systolic_bp", "diastolic_bp")


HALF_SITUATIONS = (
    ("day", "part", "value [mmHg]", "verdict", "severity", "says"),
    ("2026-05-30", "systolic", 160, Verdict.NOT_MET, Severity.DEFER, "blood_pressure.half_beyond"),
    ("2026-05-30", "diastolic", 100, Verdict.NOT_MET, Severity.DEFER, "blood_pressure.half_beyond"),
    ("2026-05-28", "systolic", 190, Verdict.NOT_MET, Severity.DEFER, "blood_pressure.half_beyond"),
    ("2026-05-30", "systolic", 159, Verdict.UNKNOWN, Severity.DEFER, "blood_pressure.half"),
    ("2026-05-30", "diastolic", 70, Verdict.UNKNOWN, Severity.DEFER, "blood_pressure.half"),
    ("2026-05-24", "systolic", 190, Verdict.UNKNOWN, Severity.DEFER, "blood_pressure.half"),
    ("2026-05-10", "systolic", 190, Verdict.MET, Severity.DEFER, "blood_pressure.mean_within"),
)


@pytest.mark.parametrize(("day", "part", "value", "verdict", "severity", "message"), HALF_SITUATIONS[1:])
def test_one_part_alone(day, part, value, verdict, severity, message):
    """Beside 120/80 on 20 and on 28 May: one part alone defers by its own limit, and lets nobody go on.

    A whole reading of a later day settles whether it defers; two such days settle it altogether.
    """
    whole = [*pressure(120, 80, "2026-05-20"), *pressure(120, 80, "2026-05-28")]
    alone = measured(f"{part}_bp", value, "mm[Hg]", day, kind=FactKind.VITAL)
    found = finding(screened([*whole, alone]), BLOOD_PRESSURE)
    assert (found.verdict, found.severity, found.message) == (verdict, severity, message)
    if verdict is not Verdict.MET:
        assert found.facts == (alone.id,)


def test_one_part_alone_is_named_with_its_value():
    """Without any whole reading, one part at the limit defers and one below it asks for the other."""
    for value, verdict in ((160, Verdict.NOT_MET), (120, Verdict.UNKNOWN)):
        found = finding(screened(pressure(value, 80)[:1]), BLOOD_PRESSURE)
        assert (found.verdict, found.values["value"].value) == (verdict, value)


BODY_SITUATIONS = (
    ("dated", "without a date", "verdict"),
    (("body_weight", 70), ("body_weight", 100), Verdict.MET),
    (("body_weight", 70), ("body_weight", 120), Verdict.UNKNOWN),
    (("body_weight", 140), ("body_weight", 70), Verdict.NOT_MET),
    (("body_weight", 70), ("body_height", 130), Verdict.UNKNOWN),
    (("body_weight", 70), ("body_mass_index", 41), Verdict.UNKNOWN),
    (("body_weight", 70), ("body_mass_index", 24), Verdict.MET),
)


@pytest.mark.parametrize(("dated", "undated", "verdict"), BODY_SITUATIONS[1:])
def test_a_body_measure_without_a_date(dated, undated, verdict):
    """Weight [kg], height [cm] or index [kg/m2], at a dated height of 172 cm; 35 kg/m2 is the limit."""
    person = without(every_answer_no(), "body_weight")
    units = {"body_weight": "kg", "body_height": "cm", "body_mass_index": "kg/m2"}
    facts = [measured(dated[0], dated[1], units[dated[0]]), measured(*undated, units[undated[0]], None)]
    found = finding(screened([*person, *facts]), "eligibility.body_mass")
    assert found.verdict is verdict
    assert verdict is not Verdict.UNKNOWN or found.facts == (facts[1].id,)


def test_a_body_measure_without_a_date_that_nobody_could_read():
    """It may be of any weight, so it is asked about; alone it shows nothing either."""
    unread = measured("body_weight", 70, "stone", None)
    for known in (every_answer_no(), []):
        found = finding(screened([*known, unread]), "eligibility.body_mass")
        assert (found.verdict, found.message) == (Verdict.UNKNOWN, "finding.unknown_undated")
