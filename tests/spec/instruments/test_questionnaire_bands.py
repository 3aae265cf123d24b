"""What a total of PHQ-9 or GAD-7 is called.

The bands are those published with the questionnaires. A questionnaire with an answer missing has no
total: the missing question is named, never counted as nothing and never guessed.
"""

import pytest

from kairos.domain.instruments.scorers import score_answers
from tests.support.instruments import answers_adding_up_to, the_instrument

PHQ9_SITUATIONS = (
    ("total", "band"),
    (0, "minimal"),
    (4, "minimal"),
    (5, "mild"),
    (9, "mild"),
    (10, "moderate"),
    (14, "moderate"),
    (15, "moderately_severe"),
    (19, "moderately_severe"),
    (20, "severe"),
    (27, "severe"),
)

GAD7_SITUATIONS = (
    ("total", "band"),
    (0, "minimal"),
    (4, "minimal"),
    (5, "mild"),
    (9, "mild"),
    (10, "moderate"),
    (14, "moderate"),
    (15, "severe"),
    (21, "severe"),
)


@pytest.mark.parametrize(PHQ9_SITUATIONS[0], PHQ9_SITUATIONS[1:])
def test_phq_01_a_total_has_a_name(total, band):
    """Each PHQ-9 total from 0 to 27 lies in one of five bands."""
    instrument = the_instrument("phq9")
    score = score_answers(instrument, answers_adding_up_to(total, instrument=instrument))
    assert (score.total, score.band) == (total, band)


@pytest.mark.parametrize(GAD7_SITUATIONS[0], GAD7_SITUATIONS[1:])
def test_gad_01_a_total_has_a_name(total, band):
    """Each GAD-7 total from 0 to 21 lies in one of four bands."""
    instrument = the_instrument("gad7")
    score = score_answers(instrument, answers_adding_up_to(total, instrument=instrument))
    assert (score.total, score.band) == (total, band)


@pytest.mark.parametrize("instrument_id", ["phq9", "gad7"])
def test_a_missing_answer_leaves_the_total_unknown(instrument_id):
    """One missing answer: no total, no band, and the question is named."""
    instrument = the_instrument(instrument_id)
    answers = answers_adding_up_to(instrument.highest_total, instrument=instrument)
    left_out = instrument.scored_ids[2]
    del answers[left_out]
    score = score_answers(instrument, answers)
    assert (score.total, score.band, score.missing) == (None, None, (left_out,))


def test_the_question_on_difficulty_is_asked_and_never_counted():
    """PHQ-9's tenth question does not change the total, answered or not."""
    instrument = the_instrument("phq9")
    answers = answers_adding_up_to(12, instrument=instrument)
    without, with_it = (
        score_answers(instrument, answers),
        score_answers(instrument, {**answers, "phq9.10": 3}),
    )
    assert without.total == with_it.total == 12
    assert (without.difficulty, with_it.difficulty) == (None, 3)
