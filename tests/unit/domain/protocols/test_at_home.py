"""What must be on record before a dose at home."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from kairos.domain.protocols.at_home import (
    PLAN_FIELDS,
    HomeStatement,
    StatementKind,
    check_filled,
    check_home_ready,
    check_may_act,
    newest_plan,
    plan_standing,
    support_standing,
)
from kairos.domain.protocols.home_route import (
    MEANINGS,
    SwitchState,
    SwitchStatement,
    check_is_on,
    check_switch,
    is_on,
)
from kairos.domain.protocols.support_training import QuizQuestion, SupportTraining, wrong_answers
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.verdict import Verdict

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MARK, ANNE, PLAN, SESSION, OTHER = (UUID(int=n) for n in range(1, 6))
K = StatementKind


def stated(kind, subject=MARK, *, ago=1, **more):
    return HomeStatement(kind, subject, NOW - timedelta(days=ago), **more)


PASSED = stated(K.QUIZ_ANSWERED, until=NOW + timedelta(days=300))
READY = (stated(K.SUPPORT_NAMED), PASSED, stated(K.SUPPORT_AGREED))
PLANNED = (stated(K.PLAN_WRITTEN, PLAN), stated(K.PLAN_VERIFIED, PLAN, session=SESSION))


def test_nothing_on_record_is_not_known_and_opens_nothing():
    assert support_standing((), now=NOW).verdict is Verdict.UNKNOWN
    assert plan_standing((), session=SESSION) is Verdict.UNKNOWN
    with pytest.raises(NotAllowed, match="no support person is named; the emergency plan is not verified"):
        check_home_ready((), session=SESSION, now=NOW)


@pytest.mark.parametrize(
    ("statements", "lacks", "verdict"),
    [
        (READY, {}, Verdict.MET),
        (READY[:1], {"trained": Verdict.UNKNOWN, "agreed": Verdict.UNKNOWN}, Verdict.UNKNOWN),
        (READY[:2], {"agreed": Verdict.UNKNOWN}, Verdict.UNKNOWN),
        ((*READY, stated(K.SUPPORT_ENDED)), {"ended": Verdict.NOT_MET}, Verdict.NOT_MET),
        (
            (READY[0], stated(K.QUIZ_ANSWERED, until=NOW), READY[2]),
            {"trained": Verdict.NOT_MET},
            Verdict.NOT_MET,
        ),
        (
            (READY[0], stated(K.QUIZ_ANSWERED, wrong=("wake",)), READY[2]),
            {"trained": Verdict.NOT_MET},
            Verdict.NOT_MET,
        ),
        (
            (*READY, stated(K.SUPPORT_NAMED, ANNE)),
            {"trained": Verdict.UNKNOWN, "agreed": Verdict.UNKNOWN},
            Verdict.UNKNOWN,
        ),
    ],
)
def test_how_the_newest_support_person_stands(statements, lacks, verdict):
    """Another one named starts from nothing; a pass holds until its day and not a moment longer."""
    standing = support_standing(statements, now=NOW)
    assert (dict(standing.lacks), standing.verdict) == (lacks, verdict)


def test_the_plan_is_gone_through_anew_for_each_session_and_each_change():
    assert plan_standing(PLANNED, session=SESSION) is Verdict.MET
    assert plan_standing(PLANNED, session=OTHER) is Verdict.NOT_MET
    rewritten = (*PLANNED, stated(K.PLAN_WRITTEN, OTHER))
    assert plan_standing(rewritten, session=SESSION) is Verdict.NOT_MET
    assert (newest_plan(rewritten), newest_plan(READY)) == (OTHER, None)


def test_both_in_order_open_the_gate_and_each_alone_does_not():
    check_home_ready((*READY, *PLANNED), session=SESSION, now=NOW)
    for some in (READY, PLANNED):
        with pytest.raises(NotAllowed, match="no dose at home"):
            check_home_ready(some, session=SESSION, now=NOW)


def test_only_the_newest_who_was_not_ended_may_act():
    check_may_act(READY, MARK)
    for statements, subject in (
        ((), MARK),
        ((*READY, stated(K.SUPPORT_NAMED, ANNE)), MARK),
        ((*READY, stated(K.SUPPORT_ENDED)), MARK),
    ):
        with pytest.raises(NotAllowed, match="access has ended"):
            check_may_act(statements, subject)


def test_every_line_of_a_plan_is_filled():
    words = dict.fromkeys(PLAN_FIELDS, " something ")
    assert check_filled(words, PLAN_FIELDS) == dict.fromkeys(PLAN_FIELDS, "something")
    with pytest.raises(InvalidInput) as refused:
        check_filled({**words, "access": " "}, PLAN_FIELDS)
    assert [problem.field for problem in refused.value.problems] == ["access"]


def test_home_is_off_until_it_is_switched_on_with_every_statement_and_a_telephone():
    assert not is_on(None)
    with pytest.raises(NotAllowed, match="not switched on"):
        check_is_on(None)
    with pytest.raises(InvalidInput) as refused:
        check_switch(None, SwitchState.ON, MEANINGS[1:], " ")
    assert [problem.field for problem in refused.value.problems] == [MEANINGS[0], "phone"]
    check_switch(None, SwitchState.ON, MEANINGS, "+1555")
    on = SwitchStatement(SwitchState.ON, MARK, MEANINGS)
    check_is_on(on)
    check_switch(on, SwitchState.OFF, (), "")
    for newest, state in ((on, SwitchState.ON), (None, SwitchState.OFF)):
        with pytest.raises(NotAllowed, match="already"):
            check_switch(newest, state, MEANINGS, "+1555")


def test_the_quiz_names_what_was_wrong_and_what_was_left_out():
    questions = tuple(
        QuizQuestion(name, name, {"yes": "Yes", "no": "No"}, "yes", "because") for name in ("one", "two")
    )
    training = SupportTraining(1, "en", (), questions, "promise")
    assert wrong_answers(training, {"one": "yes", "two": "yes"}) == ()
    assert wrong_answers(training, {"one": "no", "two": "yes"}) == ("one",)
    with pytest.raises(InvalidInput) as refused:
        wrong_answers(training, {"one": "perhaps"})
    assert [problem.field for problem in refused.value.problems] == ["one", "two"]
