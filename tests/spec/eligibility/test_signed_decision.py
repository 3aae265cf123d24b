"""The signed decision.

A course is planned, a dose ordered and a session opened only while a decision to start stands. Kairos
never decides: a prescriber signs. A later screening that excludes takes the decision's force until a
prescriber has looked again.
"""

from datetime import timedelta

import pytest

from kairos.domain.eligibility.decision import Decision, LaterAdvice, SignedDecision, decision_standing
from kairos.vocab.verdict import Advice, Severity
from tests.support.clinic import NOW

SITUATIONS = (
    ("newest signed decision", "newest screening", "verdict", "message"),
    ("none", "nothing speaks against it", "unknown", "decision.none"),
    ("to start, dated in the future", "none", "unknown", "decision.none"),
    ("to start", "none", "met", "decision.start"),
    ("to start", "later: nothing speaks against it", "met", "decision.start"),
    ("to start", "later: incomplete", "met", "decision.start"),
    ("to start", "before it: excluded", "met", "decision.start"),
    ("to start", "later: excluded", "not_met", "decision.overtaken"),
    ("not now", "none", "not_met", "decision.other"),
    ("refer", "none", "not_met", "decision.other"),
    ("no", "none", "not_met", "decision.other"),
)

DECISIONS = {
    "none": None,
    "to start": SignedDecision(Decision.START, NOW),
    "to start, dated in the future": SignedDecision(Decision.START, NOW + timedelta(days=2)),
    "not now": SignedDecision(Decision.NOT_NOW, NOW),
    "refer": SignedDecision(Decision.REFER, NOW),
    "no": SignedDecision(Decision.NO, NOW),
}
ADVICE = {
    "none": None,
    "nothing speaks against it": LaterAdvice(Advice.MAY_PROCEED, NOW),
    "later: nothing speaks against it": LaterAdvice(Advice.MAY_PROCEED, NOW + timedelta(hours=1)),
    "later: incomplete": LaterAdvice(Advice.INCOMPLETE, NOW + timedelta(hours=1)),
    "before it: excluded": LaterAdvice(Advice.EXCLUDED, NOW - timedelta(hours=1)),
    "later: excluded": LaterAdvice(Advice.EXCLUDED, NOW + timedelta(hours=1)),
}


@pytest.mark.parametrize(("decision", "advice", "verdict", "message"), SITUATIONS[1:])
def test_whether_a_decision_to_start_stands(decision, advice, verdict, message):
    """A decision to start stands while it is the newest and no later screening excludes.

    Anything else than a decision to start, and no decision at all, starts nothing. A screening before the
    decision was known to who signed it.
    """
    found = decision_standing(DECISIONS[decision], ADVICE[advice], now=NOW + timedelta(days=1))
    assert (found.verdict, found.message) == (verdict, message)
    assert found.severity is Severity.DEFER
