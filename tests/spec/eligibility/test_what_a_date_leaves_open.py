"""What a rough date, a doubled value or two statements leave open."""

import pytest

from kairos.vocab.facts import FactKind, Presence
from kairos.vocab.verdict import Verdict
from tests.support.facts import every_answer_no, fact, finding, measured, pressure, screened, without

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("day", "verdict"),
    [("2026-05-20", MET), ("2025-12", MET), ("2025", UNKNOWN), (None, UNKNOWN), ("2024", NOT_MET)],
)
def test_a_test_dated_too_roughly_is_neither_there_nor_missing(day, verdict):
    """eligibility.tests_missing"""
    person = without(every_answer_no(), "tsh")
    found = finding(screened([*person, measured("tsh", 1.8, "m[IU]/L", day)]), "eligibility.tests_missing")
    assert found.verdict is verdict


@pytest.mark.parametrize(("heavier", "verdict"), [(71, MET), (140, NOT_MET)])
def test_of_two_weights_of_one_moment_the_heavier_counts(heavier, verdict):
    """eligibility.body_mass"""
    more = measured("body_weight", heavier, "kg", kind=FactKind.VITAL)
    assert finding(screened([*every_answer_no(), more]), "eligibility.body_mass").verdict is verdict


def test_of_two_lower_parts_of_one_reading_the_higher_counts():
    """eligibility.blood_pressure"""
    first, second = pressure(150, 80, "2026-05-20"), pressure(150, 80, "2026-05-28")
    doubled = [
        measured("diastolic_bp", 120, "mm[Hg]", day, kind=FactKind.VITAL, group=parts[0].group)
        for parts, day in ((first, "2026-05-20"), (second, "2026-05-28"))
    ]
    found = finding(screened([*first, *second, *doubled]), "eligibility.blood_pressure")
    assert found.verdict is NOT_MET


def test_one_clear_death_outweighs_one_that_is_not_clear():
    """eligibility.deceased"""
    unclear = fact("deceased", FactKind.DEMOGRAPHIC, since="2026", presence=Presence.PRESENT)
    clear = fact("deceased", FactKind.DEMOGRAPHIC, since="2026-05-01", presence=Presence.PRESENT)
    assert finding(screened([unclear, clear]), "eligibility.deceased").verdict is NOT_MET
    assert finding(screened([unclear]), "eligibility.deceased").verdict is UNKNOWN
