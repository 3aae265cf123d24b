"""What is told of a treatment becomes an entry of the ledger."""

import pytest

from kairos.domain.eligibility.trials import ToldTrial, fact_of_trial
from kairos.vocab.errors import InvalidInput
from kairos.vocab.facts import FactKind, Origin, OriginKind
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import Quantity
from tests.support.facts import at

ORIGIN = Origin(OriginKind.PERSON, "trial/1", "someone")
MAY, JUNE = PartialDate(2025, 5), PartialDate(2025, 6)


def entry(**told):
    return fact_of_trial(ToldTrial(**told), fact_id="trial/1", origin=ORIGIN, now=at("2026-06-01"))


def test_everything_told_is_kept():
    fact = entry(
        treatment="sertraline",
        daily_dose_mg=150.0,
        started=MAY,
        ended=JUNE,
        improvement_percent=0.0,
        in_episode=True,
        is_completed=False,
        about="MedicationRequest/1#0",
        replaces="trial/0",
    )
    assert (fact.kind, fact.status) == (FactKind.ANSWER, "completed")
    assert (fact.true_from, fact.true_until) == (MAY, JUNE)
    assert fact.details == {
        "treatment": "sertraline",
        "daily_dose": Quantity(150, "mg/d"),
        "improvement": Quantity(0, "%"),
        "episode": "current",
        "completed": "no",
        "about": "MedicationRequest/1#0",
        "refutes": "trial/0",
    }


def test_what_was_not_told_is_left_out_and_never_a_no():
    assert entry(treatment="sertraline").details == {"treatment": "sertraline"}


def test_a_talking_therapy_that_goes_on():
    fact = entry(
        treatment="cognitive_behavioural_therapy",
        is_talk_therapy=True,
        is_ongoing=True,
        in_episode=False,
        is_completed=True,
    )
    assert fact.status == "active"
    assert (fact.details["type"], fact.details["episode"], fact.details["completed"]) == (
        "talk_therapy",
        "earlier",
        "yes",
    )


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"treatment": ""}, "treatment"),
        ({"treatment": "sertraline", "is_ongoing": True, "ended": JUNE}, "ended"),
        ({"treatment": "sertraline", "started": JUNE, "ended": MAY}, "ended"),
    ],
)
def test_contradictions_are_refused_at_their_field(told, field):
    with pytest.raises(InvalidInput) as refused:
        entry(**told)
    assert [problem.field for problem in refused.value.problems] == [field]
