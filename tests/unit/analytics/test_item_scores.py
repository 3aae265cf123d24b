"""Many people at once add up to the same as one person at a time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.analytics.item_answers import answers_of
from kairos.analytics.item_scores import Tally, score_rows, total_item
from kairos.content.release import load_release
from kairos.domain.instruments.scorers import score_answers
from kairos.domain.instruments.scoring import entered_score
from kairos.domain.instruments.survey import BY_HAND
from tests.support.instruments import the_instrument

ADDED_UP = [one.id for one in load_release().instruments.values() if one.scored_ids]
NO_ANSWER = -99


def answers_in(cells, items):
    """Return the answers of a block of cells, as of a file whose columns are named by hand."""
    return answers_of(np.array(cells), items, load_release().surveys[BY_HAND])


@st.composite
def blocks(draw):
    """Draw an instrument and rows of answers to it, some missing."""
    instrument = the_instrument(draw(st.sampled_from(ADDED_UP)))
    items = tuple(item for item in instrument.items if item.scored)
    cell = [st.sampled_from((*item.values, NO_ANSWER)) for item in items]
    full = [st.sampled_from(item.values) for item in items]
    row = st.one_of(st.tuples(*full), st.tuples(*cell))
    return instrument, items, draw(st.lists(row, min_size=1, max_size=5))


@settings(max_examples=80, deadline=None)
@given(blocks())
def test_columns_equal_one_person_at_a_time(drawn):
    instrument, items, rows = drawn
    cells = np.array(rows, dtype=float)
    cells[cells == NO_ANSWER] = np.nan
    scores = score_rows(answers_in(cells, items), instrument, items)
    for row, total, answered in zip(rows, scores.total, scores.answered, strict=True):
        given_answers = {i.id: v for i, v in zip(items, row, strict=True) if v != NO_ANSWER}
        alone = score_answers(instrument, given_answers)
        assert alone.total == (None if np.isnan(total) else total)
        assert answered == len(given_answers)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 27), min_size=2, max_size=40), st.integers(1, 40))
def test_the_summary_does_not_depend_on_the_blocks(totals, size):
    instrument = the_instrument("madrs")
    items = (total_item(instrument),)
    tally = Tally(instrument, items)
    for start in range(0, len(totals), size):
        cells = np.array(totals[start : start + size], dtype=float)[:, None]
        tally.add(score_rows(answers_in(cells, items), instrument, items))
    summary = tally.summary()
    assert summary.mean == pytest.approx(np.mean(totals))
    assert summary.sd == pytest.approx(np.std(totals, ddof=1), abs=1e-12)
    assert sum(one.count for one in summary.bands) == summary.complete == len(totals)


def test_an_entered_total_has_the_band_of_the_same_total_added_up():
    instrument = the_instrument("qids_sr16")
    items = (total_item(instrument),)
    scores = score_rows(answers_in([[11.0], [28.0]], items), instrument, items)
    assert entered_score(instrument, 11).band == "moderate"
    assert scores.total[0] == 11
    assert np.isnan(scores.total[1])


def test_a_code_that_is_an_answer_is_an_answer():
    (item,) = (item for item in the_instrument("craving").items if item.scored)
    answers = answers_in([[77.0], [9.0], [101.0]], (item,))
    assert answers.values[:2, 0].tolist() == [77, 9]
    assert not answers.refused.any()
    assert answers.bad[:, 0].tolist() == [False, False, True]


@pytest.mark.parametrize("cell", ["inf", "-inf", "1e-3", "several", "0x1", "1,0"])
def test_what_is_no_number_is_neither_silence_nor_nought(cell):
    (item, *_) = the_instrument("phq9").items
    answers = answers_of(np.array([[cell]], dtype=object), (item,), load_release().surveys[BY_HAND])
    assert answers.bad.all()
