from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.content.release import load_release
from kairos.domain.instruments.library import cssrs_screener
from kairos.domain.instruments.safety import safety_of_answer
from kairos.domain.instruments.safety_plan import DueRule, SafetyLevel, SafetyTask
from kairos.vocab.errors import Missing
from kairos.vocab.people import Role
from kairos.vocab.verdict import Verdict
from tests.support.instruments import the_instrument

NEW_YORK = ZoneInfo("America/New_York")
START = datetime(2020, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 15 * 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


def a_task(due: DueRule) -> SafetyTask:
    return SafetyTask("clinician_call", SafetyLevel.URGENT, Role.CLINICIAN, due)


def test_same_day_ends_with_the_sites_day():
    now = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    assert a_task(DueRule.SAME_DAY).due_at(now=now, zone=NEW_YORK) == datetime(2026, 11, 25, 5, 0, tzinfo=UTC)


@settings(max_examples=80)
@given(MOMENTS)
def test_same_day_is_later_than_now_and_at_most_24_hours_away(now):
    due = a_task(DueRule.SAME_DAY).due_at(now=now, zone=NEW_YORK)
    assert timedelta() < due - now <= timedelta(hours=24)


def test_now_is_now():
    now = datetime(2026, 11, 24, 10, 0, tzinfo=NEW_YORK)
    assert a_task(DueRule.NOW).due_at(now=now, zone=NEW_YORK) == now


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="now has no time zone"):
        a_task(DueRule.NOW).due_at(now=datetime(2026, 1, 1), zone=NEW_YORK)  # noqa: DTZ001


def test_the_finding_says_why_and_on_whose_word():
    response = safety_of_answer(the_instrument("phq9"), "phq9.9", 3, fact="answer-1")
    assert response.finding.verdict is Verdict.NOT_MET
    assert response.finding.facts == ("answer-1",)
    assert response.finding.values == {"answer": "Nearly every day"}
    assert response.finding.rule == "safety.phq9_item9_more_than_half"
    assert response.crisis_card == "crisis.card"


def test_other_questions_start_nothing():
    assert safety_of_answer(the_instrument("phq9"), "phq9.1", 3) is None


def test_every_text_and_card_that_safety_names_is_there():
    release = load_release()
    steps = [s for i in release.instruments.values() for item in i.items for s in item.safety]
    steps += [s for i in release.instruments.values() for tier in i.tiers for s in tier.safety]
    assert steps
    for step in steps:
        assert step.message in release.texts
        assert release.crisis["US"].card(step.crisis_card)
        assert all(f"task.{task.kind}" in release.texts for task in step.tasks)


@settings(max_examples=80)
@given(st.dictionaries(st.sampled_from(the_instrument("cssrs_screener").item_ids), st.integers(0, 1)))
def test_one_more_yes_never_lowers_the_tier(answers):
    instrument = the_instrument("cssrs_screener")
    order = ["none", "low", "moderate", "high"]
    before = cssrs_screener.assess(answers, instrument=instrument).tier
    for item in instrument.item_ids:
        after = cssrs_screener.assess({**answers, item: 1}, instrument=instrument).tier
        assert after is not None
        assert order.index(after.id) >= order.index(before.id if before else "none")


def test_crisis_numbers_make_links():
    book = load_release().crisis["US"]
    assert [contact.href for contact in book.card("crisis.card")] == ["tel:988", "sms:988", "tel:911"]
    with pytest.raises(Missing, match="is not a crisis card of US"):
        book.card("other")
