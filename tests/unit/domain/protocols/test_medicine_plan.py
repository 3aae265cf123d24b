"""The plan for medicines as a finding and as an answer of the check."""

import pytest

from kairos.domain.protocols.medicine_plan import (
    check_answer,
    lines_by_action,
    plan_finding,
    plan_standing,
)
from kairos.domain.rules.interactions import PlanAction
from kairos.vocab.facts import FactKind
from kairos.vocab.verdict import Verdict
from tests.support.facts import confirmed, drug
from tests.support.medicines import LIMITS, line, listed, plan


@pytest.mark.parametrize(
    ("facts", "signed", "answer", "message"),
    [
        ([drug("lithium")], None, "not_sure", "medicines.never_confirmed"),
        ([drug("lithium"), confirmed(FactKind.MEDICATION)], None, "missing", "medicines.without_plan"),
        (
            [drug("lithium"), confirmed(FactKind.MEDICATION)],
            plan(line("lithium", PlanAction.ASK_PRESCRIBER)),
            "missing",
            "medicines.undecided",
        ),
        ([confirmed(FactKind.MEDICATION)], None, "in_place", "medicines.in_place"),
    ],
)
def test_a_standing_as_answer_and_as_finding(facts, signed, answer, message):
    standing = plan_standing(listed(*facts), signed, route="iv")
    found = plan_finding(standing, limits=LIMITS)
    assert (check_answer(standing), found.message, found.verdict) == (answer, message, standing.verdict)
    assert (found.verdict is Verdict.MET) is (answer == "in_place")


def test_lines_to_hold_come_first():
    lines = (line("lithium"), line("lorazepam", PlanAction.HOLD))
    assert [each.medicine for of in lines_by_action(lines).values() for each in of] == [
        "lorazepam",
        "lithium",
    ]
