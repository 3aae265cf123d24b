"""Where each fact stands in time, for whatever day is asked later."""

from datetime import date

from kairos.domain.rules.placing import placed_facts
from tests.support.facts import at, condition, fact, no


def placed(*facts):
    """Return the placed facts by id."""
    return {p.fact.id: p for p in placed_facts(facts)}


def test_the_moments_of_a_concept_are_numbered_from_the_oldest():
    found = placed(
        condition("mania", "2026-02-01", id="new"),
        condition("mania", "2020-05-01", id="old"),
        condition("mania", "2026-02-01", id="same"),
        condition("dementia", "2019-01-01", id="other"),
    )
    assert {name: p.place for name, p in found.items()} == {"old": 0, "new": 1, "same": 1, "other": 0}


def test_an_entry_is_read_from_its_beginning_or_from_when_it_was_written_down():
    found = placed(
        condition("mania", "2026-02", id="month"),
        condition("mania", "2026-05-01", recorded="2026-03-01", id="planned"),
        fact("mania", id="undated"),
    )
    assert (found["month"].first, found["month"].last) == (date(2026, 2, 1), date(2026, 2, 28))
    assert found["planned"].usable_from == date(2026, 3, 1)
    assert (found["undated"].first, found["undated"].usable_from) == (None, None)


def test_a_correction_by_name_takes_an_entry_away_from_its_day_on():
    correction = no("mania", "2026-04-01", details={"refutes": "wrong gone"})
    earlier = no("mania", "2026-03-01", details={"refutes": "wrong"})
    found = placed(condition("mania", id="wrong"), condition("dementia", id="gone"), correction, earlier)
    assert found["wrong"].withdrawn_from == date(2026, 3, 1)
    assert found["gone"].withdrawn_from is None
    assert found[correction.id].written == at("2026-04-01").date()
