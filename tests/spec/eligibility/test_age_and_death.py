"""Alive, and old enough.

The dead are never eligible, and somebody is alive only where the record shows it on or after the asked day.
An age is told only from dates that can tell it.
"""

from datetime import date

import pytest

from kairos.vocab.facts import FactKind, Presence
from kairos.vocab.verdict import Severity, Verdict
from tests.support.facts import born, condition, fact, finding, no, screened

DEATH_RECORDS = {
    "died the day before": [fact("deceased", FactKind.DEMOGRAPHIC, since="2026-05-31")],
    "died on the day": [fact("deceased", FactKind.DEMOGRAPHIC, since="2026-06-01")],
    "died, no date": [fact("deceased", FactKind.DEMOGRAPHIC)],
    "died in June, no day": [fact("deceased", FactKind.DEMOGRAPHIC, since="2026-06")],
    "dies a year later": [fact("deceased", FactKind.DEMOGRAPHIC, since="2027-06-01")],
    "not sure": [fact("deceased", FactKind.DEMOGRAPHIC, presence=Presence.NOT_SURE)],
    "stated not deceased": [no("deceased")],
    "an entry of the day": [condition("hypertension", "2026-06-01")],
    "an entry of a later day": [condition("hypertension", "2026-09-01")],
    "only an entry of the day before": [condition("hypertension", "2026-05-31")],
    "a planned visit": [fact("encounter_other", FactKind.ENCOUNTER, since="2026-09-01", status="planned")],
    "nothing": [],
}
DEATH_SITUATIONS = (
    ("the record says", "the day was chosen", "verdict"),
    ("died the day before", True, Verdict.NOT_MET),
    ("died on the day", True, Verdict.NOT_MET),
    ("died, no date", True, Verdict.NOT_MET),
    ("died in June, no day", True, Verdict.UNKNOWN),
    ("died in June, no day", False, Verdict.NOT_MET),
    ("dies a year later", True, Verdict.MET),
    ("dies a year later", False, Verdict.NOT_MET),
    ("not sure", True, Verdict.UNKNOWN),
    ("stated not deceased", False, Verdict.MET),
    ("an entry of the day", True, Verdict.MET),
    ("an entry of a later day", True, Verdict.MET),
    ("only an entry of the day before", True, Verdict.UNKNOWN),
    ("a planned visit", True, Verdict.UNKNOWN),
    ("nothing", True, Verdict.UNKNOWN),
)


@pytest.mark.parametrize(("record", "chosen", "verdict"), DEATH_SITUATIONS[1:])
def test_the_dead_are_never_eligible(record, chosen, verdict):
    """A death excludes; where nobody chose the day, a death in the future of a shifted record counts too."""
    found = finding(screened(DEATH_RECORDS[record], chosen=chosen), "eligibility.deceased")
    assert (found.verdict, found.ref, found.severity) == (verdict, "DECEASED", Severity.ABSOLUTE)
    assert found.sources == ("kairos-safety-of-records",)


AGE_SITUATIONS = (
    ("born", "under 18", "65 or older"),
    ("2008-06-02", Verdict.NOT_MET, Verdict.MET),
    ("2008-06-01", Verdict.MET, Verdict.MET),
    ("2008", Verdict.UNKNOWN, Verdict.MET),
    ("2007", Verdict.MET, Verdict.MET),
    ("1961-06-02", Verdict.MET, Verdict.MET),
    ("1961-06-01", Verdict.MET, Verdict.NOT_MET),
    ("1961", Verdict.MET, Verdict.UNKNOWN),
    ("2027-01-01", Verdict.UNKNOWN, Verdict.UNKNOWN),
)


@pytest.mark.parametrize(("birth", "minor", "old"), AGE_SITUATIONS[1:])
def test_age_is_told_from_the_date_of_birth(birth, minor, old):
    """The 18th birthday is old enough; 65 itself needs review; an imprecise date at the limit asks."""
    result = screened([born(birth)])
    under, over = finding(result, "eligibility.age_under_18"), finding(result, "eligibility.age_65")
    assert (under.verdict, under.ref, under.severity) == (minor, "AGE", Severity.ABSOLUTE)
    assert (over.verdict, over.ref, over.severity) == (old, "AGE65", Severity.RELATIVE)
    assert "spravato-us-label" in under.sources
    assert "spravato-mims-hk" in over.sources


def test_no_birth_date_or_two_ask():
    """Without a date of birth, or with two that differ, the age is not known."""
    for facts in ([], [born("1980-01-01"), born("1981-01-01")]):
        assert finding(screened(facts), "eligibility.age_under_18").verdict is Verdict.UNKNOWN


def test_a_record_shifted_into_the_future_has_no_age_today():
    """Dates beyond today tell no age, unless somebody asks as of a day of that record."""
    shifted = [born("2110-01-01"), condition("hypertension", "2150-01-01")]
    young = [born("1990-01-01"), condition("hypertension", "2150-01-01")]
    for record in (shifted, young):
        today = finding(screened(record, chosen=False), "eligibility.age_under_18")
        assert (today.verdict, today.message) == (Verdict.UNKNOWN, "age.dates_beyond_today")
    asked = finding(screened(shifted, on=date(2150, 1, 1)), "eligibility.age_under_18")
    assert asked.verdict is Verdict.MET
