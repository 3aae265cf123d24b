"""What the REMS wants on record before a dose: nothing recorded is not known and never passes. REMS-02."""

from dataclasses import replace
from datetime import date

import pytest

from kairos.domain.protocols.rems import RemsState, RemsStatement, check_rems, check_statement, stands
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.verdict import Verdict

TODAY = date(2026, 3, 2)
HOLDS = RemsStatement(RemsState.HOLDS, date(2026, 1, 1), reference="R-1")
STANDINGS = (
    (None, Verdict.UNKNOWN),
    (HOLDS, Verdict.MET),
    (replace(HOLDS, until=TODAY), Verdict.MET),
    (replace(HOLDS, until=date(2026, 3, 1)), Verdict.NOT_MET),
    (replace(HOLDS, on=date(2026, 3, 3)), Verdict.NOT_MET),
    (replace(HOLDS, state=RemsState.ENDED), Verdict.NOT_MET),
)


@pytest.mark.parametrize(("newest", "verdict"), STANDINGS)
def test_whether_a_statement_holds_on_a_day(newest, verdict):
    assert stands(newest, today=TODAY) is verdict


@pytest.mark.parametrize("newest", [each for each, verdict in STANDINGS if verdict is not Verdict.MET])
def test_rems_02_an_outpatient_who_is_not_enrolled_is_not_dosed_and_an_inpatient_need_not_be(newest):
    about = {"certified": HOLDS, "enrolled": newest, "today": TODAY}
    with pytest.raises(NotAllowed, match="enrolment"):
        check_rems(is_inpatient=False, **about)
    check_rems(is_inpatient=True, **about)
    for is_inpatient in (True, False):
        with pytest.raises(NotAllowed, match="certification"):
            check_rems(certified=newest, enrolled=HOLDS, is_inpatient=is_inpatient, today=TODAY)
    check_rems(certified=HOLDS, enrolled=HOLDS, is_inpatient=False, today=TODAY)


def test_a_statement_names_what_proves_it_and_days_that_can_be():
    check_statement(HOLDS, today=TODAY)
    wrong = RemsStatement(RemsState.HOLDS, date(2026, 3, 4), date(2026, 3, 3), " ")
    with pytest.raises(InvalidInput) as refused:
        check_statement(wrong, today=TODAY)
    assert [problem.field for problem in refused.value.problems] == ["reference", "on", "until"]
