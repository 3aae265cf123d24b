import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.domain.instruments.questionnaire import next_item
from kairos.domain.instruments.scorers import score_answers
from kairos.vocab.errors import InvalidInput, Missing
from tests.support.instruments import answers_adding_up_to, the_instrument

FULL = st.fixed_dictionaries({f"phq9.{n}": st.integers(0, 3) for n in range(1, 10)})


def test_everything_wrong_is_reported_at_once_by_item():
    instrument = the_instrument("phq9")
    with pytest.raises(InvalidInput) as refused:
        score_answers(instrument, {"phq9.11": 1, "phq9.1": 4, "phq9.2": True})
    assert [problem.field for problem in refused.value.problems] == ["phq9.11", "phq9.1", "phq9.2"]
    assert "not PHQ-9 items: phq9.11; expected phq9.1 to phq9.10" in str(refused.value)
    assert "phq9.1 is answered outside its range; expected one of 0, 1, 2, 3" in str(refused.value)


def test_a_screener_is_not_added_up():
    with pytest.raises(Missing, match="cssrs_screener has no questions that are added up"):
        score_answers(the_instrument("cssrs_screener"), {})


@pytest.mark.parametrize(("answer", "positive"), [(None, None), (0, False), (1, True), (3, True)])
def test_item_nine_is_unknown_where_it_was_not_answered(answer, positive):
    answers = {} if answer is None else {"phq9.9": answer}
    assert score_answers(the_instrument("phq9"), answers).item9_positive is positive


@settings(max_examples=60)
@given(FULL, st.randoms())
def test_a_full_set_scores_within_range_in_any_order(answers, shuffle):
    instrument = the_instrument("phq9")
    items = list(answers.items())
    shuffle.shuffle(items)
    score = score_answers(instrument, dict(items))
    assert score.total == sum(answers.values())
    assert 0 <= score.total <= 27
    assert score == score_answers(instrument, answers)


@settings(max_examples=60)
@given(FULL, st.sets(st.sampled_from([f"phq9.{n}" for n in range(1, 10)]), min_size=1))
def test_a_partial_set_never_scores(answers, left_out):
    kept = {item: value for item, value in answers.items() if item not in left_out}
    score = score_answers(the_instrument("phq9"), kept)
    assert score.total is None
    assert set(score.missing) == left_out


def test_the_next_question_is_the_first_open_one():
    instrument = the_instrument("gad7")
    assert next_item(instrument, {}) == "gad7.1"
    assert next_item(instrument, answers_adding_up_to(3, instrument=instrument)) is None


def test_an_item_that_is_not_there_is_named():
    with pytest.raises(Missing, match=r"gad7\.9 is not an item of gad7; expected one of gad7.1"):
        the_instrument("gad7").item("gad7.9")


def test_a_screener_has_no_band():
    assert the_instrument("cssrs_screener").band_of(0) is None


@pytest.mark.parametrize("name", ["phq9", "gad7"])
def test_the_lowest_total_is_what_the_lowest_answers_sum_to(name):
    questionnaire = the_instrument(name)
    lowest = {item.id: min(item.values) for item in questionnaire.items}
    assert questionnaire.lowest_total == sum(lowest[each] for each in questionnaire.scored_ids)
