"""Reading consent: every part in order, each step kept, nothing signed while something is open."""

import pytest

from kairos.domain.evidence.consent_reading import (
    EXPECTATION,
    SIGN,
    Capacity,
    ReadingStep,
    StepKind,
    acknowledge,
    answer,
    check_complete,
    check_version,
    next_part,
    part_ids,
    read_so_far,
)
from kairos.vocab.errors import InvalidInput
from tests.support.courses import EXPECTED, document

TEXT = document()


def every_step():
    steps = [acknowledge(TEXT, section.id) for section in TEXT.sections]
    for question in TEXT.questions:
        right = next(each.id for each in question.answers if each.is_right)
        steps.append(answer(TEXT, question.id, right))
    return [*steps, *(ReadingStep(StepKind.EXPECTED, name, chosen) for name, chosen in EXPECTED.items())]


def test_a_question_stands_after_its_section_and_the_signature_at_the_end():
    parts = part_ids(TEXT)
    assert parts[-1] == SIGN
    for question in TEXT.questions:
        assert parts.index(question.section) < parts.index(question.id)
    assert len(parts) == len(TEXT.sections) + len(TEXT.questions) + 2


def test_nothing_read_starts_at_the_first_section():
    assert next_part(TEXT, read_so_far(TEXT, [])) == TEXT.sections[0].id


def test_everything_read_leads_to_the_signature():
    reading = read_so_far(TEXT, every_step())
    assert next_part(TEXT, reading) == SIGN
    assert check_complete(TEXT, reading) == part_ids(TEXT)[:-1]


def test_one_open_part_keeps_the_signature_closed():
    with pytest.raises(InvalidInput, match=f"still open: {TEXT.sections[0].id};"):
        check_complete(TEXT, read_so_far(TEXT, every_step()[1:]))


def test_a_wrong_answer_is_kept_and_the_question_stays_open():
    question = TEXT.questions[0]
    wrong = next(each.id for each in question.answers if not each.is_right)
    reading = read_so_far(TEXT, [answer(TEXT, question.id, wrong)])
    assert reading.last_answers == {question.id: wrong}
    assert question.id not in reading.done


def test_a_question_answered_rightly_stays_answered():
    question = TEXT.questions[0]
    wrong = next(each.id for each in question.answers if not each.is_right)
    steps = [*every_step(), answer(TEXT, question.id, wrong)]
    assert question.id in read_so_far(TEXT, steps).answered


def test_a_step_about_a_question_that_was_dropped_counts_for_nothing():
    assert not read_so_far(TEXT, [ReadingStep(StepKind.ANSWERED, "gone", "a")]).answered


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: acknowledge(TEXT, "elsewhere"), "no section"),
        (lambda: answer(TEXT, "elsewhere", "a"), "no question"),
        (lambda: answer(TEXT, TEXT.questions[0].id, "z"), "choose one of the answers"),
        (lambda: check_version(TEXT, "2020-01-01"), "is in force now; read that one"),
    ],
)
def test_what_is_not_in_the_document_is_refused(make, said):
    with pytest.raises(InvalidInput, match=said):
        make()


def test_a_step_in_the_version_in_force_is_taken_and_in_another_refused():
    assert check_version(TEXT, TEXT.version) is None
    with pytest.raises(InvalidInput, match=f"version {TEXT.version} is in force now"):
        check_version(TEXT, "0")


def test_what_is_expected_is_asked_before_the_signature():
    steps = [step for step in every_step() if step.kind is not StepKind.EXPECTED]
    assert next_part(TEXT, read_so_far(TEXT, steps)) == EXPECTATION
    with pytest.raises(InvalidInput, match="still open: expectation"):
        check_complete(TEXT, read_so_far(TEXT, steps))


def test_ones_own_words_are_kept_beside_the_choices():
    hoped = ReadingStep(StepKind.EXPECTED, EXPECTATION, words={"said": "to sleep"})
    reading = read_so_far(TEXT, [*every_step(), hoped])
    assert (reading.expected, reading.hoped) == (EXPECTED, "to sleep")


def test_a_no_stands_until_one_reads_on():
    no = ReadingStep(StepKind.DECLINED, SIGN)
    noted = ReadingStep(StepKind.CAPACITY, SIGN, Capacity.ABLE, {"note": "asked"})
    assert read_so_far(TEXT, [no]).declined == no
    assert read_so_far(TEXT, [no, noted]).declined == no
    assert read_so_far(TEXT, [no, acknowledge(TEXT, TEXT.sections[0].id)]).declined is None


def test_who_cannot_decide_now_does_not_sign():
    def noted(capacity):
        return ReadingStep(StepKind.CAPACITY, SIGN, capacity, {"note": "asked"})

    with pytest.raises(InvalidInput, match="cannot be decided now"):
        check_complete(TEXT, read_so_far(TEXT, [*every_step(), noted(Capacity.NOT_NOW)]))
    later = read_so_far(TEXT, [*every_step(), noted(Capacity.NOT_NOW), noted(Capacity.ABLE)])
    assert check_complete(TEXT, later) == part_ids(TEXT)[:-1]
