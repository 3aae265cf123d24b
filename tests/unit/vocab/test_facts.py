"""Facts as they are made when nothing more is said."""

from datetime import date

from kairos.vocab.facts import AskedAsOf, Fact, FactKind, Origin, OriginKind, Presence, Understanding


def test_a_fact_is_a_present_and_understood_one_unless_it_says_otherwise():
    fact = Fact("1", FactKind.CONDITION, "pregnancy", Origin(OriginKind.RECORD, "Condition/1"))
    assert fact.presence is Presence.PRESENT
    assert fact.understanding is Understanding.EXACT
    assert fact.details == {}


def test_nobody_chose_the_day_unless_said():
    assert AskedAsOf(date(2026, 3, 1)).chosen is False
