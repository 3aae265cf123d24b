"""Reading levels: worked examples from outside, and what is no text."""

import pytest

from kairos.domain.evidence.reading_level import ReadCounts, fernandez_huerta, flesch_kincaid_grade


def test_the_grade_of_a_known_sentence():
    """The sentence on the platypus in Wikipedia's article: 13 words, 24 syllables, grade 11.3."""
    assert flesch_kincaid_grade(ReadCounts(1, 13, 24)) == pytest.approx(11.3, abs=0.05)


def test_short_words_in_a_short_sentence_are_below_the_first_year():
    assert flesch_kincaid_grade(ReadCounts(1, 6, 6)) == pytest.approx(-1.45)


def test_spanish_by_hand():
    """100 words in 10 sentences with 180 syllables: 206.84 - 0.60 x 180 - 1.02 x 10."""
    assert fernandez_huerta(ReadCounts(10, 100, 180)) == pytest.approx(88.64)


@pytest.mark.parametrize("counts", [(0, 0, 0), (2, 1, 1), (1, 3, 2)])
def test_what_is_no_text_is_refused(counts):
    with pytest.raises(ValueError, match="a text has a sentence"):
        ReadCounts(*counts)
