"""Lines of a plan and doses in words, for the team and for the person."""

import pytest

from kairos.domain.evidence.texts import Audience
from kairos.domain.rules.interactions import PlanAction
from kairos.vocab.quantities import Quantity
from kairos.web.medicine_words import dosage_words, hours_words, plan_words
from tests.support.facts import drug
from tests.support.medicines import line

HOLD, ADJUST = PlanAction.HOLD, PlanAction.ADJUST


@pytest.mark.parametrize(
    ("hours", "words"),
    [(1, "1 hour"), (12, "12 hours"), (24, "24 hours"), (48, "2 days"), (120, "5 days"), (1.5, "1.5 hours")],
)
def test_hours_and_days(hours, words):
    assert hours_words(hours) == words


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({}, ""),
        ({"dosage_text": "one in the morning"}, "one in the morning"),
        ({"dose": Quantity(50, "mg")}, "50 mg"),
        ({"daily_dose": Quantity(150, "mg/d"), "dose": Quantity(50, "mg")}, "150 mg a day"),
    ],
)
def test_a_dose_as_far_as_it_is_known(details, words):
    assert dosage_words(drug("sertraline", details=details)) == words


@pytest.mark.parametrize(
    ("decided", "words"),
    [
        (line("x", HOLD), "do not take it on the day of your session, until the session is over."),
        (line("x", HOLD, hold_from_h=24), "do not take it for 24 hours before your session"),
        (line("x", HOLD, hold_until_h=4), "Take it again 4 hours after your session began."),
        (line("x", ADJUST, words="Half a tablet."), "Agreed with you: Half a tablet."),
        (line("x", ADJUST, before_h=1), "take it at least 1 hour before."),
        (line("x", PlanAction.ASK_PRESCRIBER), "Until you hear from them, take it as usual"),
    ],
)
def test_the_person_reads_what_was_agreed(decided, words):
    assert words in plan_words(decided, Audience.PATIENT)
