"""Totals entered by hand, short forms, and finding an instrument by its name."""

import pytest

from kairos.content.release import load_release
from kairos.domain.instruments.naming import find_instrument
from kairos.domain.instruments.scoring import check_answers, entered_score
from kairos.domain.instruments.subset import answers_to_part
from kairos.vocab.errors import InvalidInput
from tests.support.instruments import the_instrument


@pytest.mark.parametrize(
    ("instrument", "total", "why"),
    [
        ("madrs", 61, "expected a whole number from 0 to 60"),
        ("madrs", -1, "expected a whole number from 0 to 60"),
        ("madrs", True, "expected a whole number from 0 to 60"),
        ("who5", 50, "in steps of 4"),
        ("cssrs_screener", 1, "has no total"),
    ],
)
def test_a_total_that_cannot_be_is_refused(instrument, total, why):
    with pytest.raises(InvalidInput, match=why):
        entered_score(the_instrument(instrument), total)


def test_an_entered_total_names_its_version_and_band():
    score = entered_score(the_instrument("hamd17"), 14)
    assert (score.total, score.band, score.missing, score.version) == (14, "moderate", (), "2026-01-01")
    assert entered_score(the_instrument("who5"), 48).total == 48


def test_an_instrument_without_items_says_so():
    with pytest.raises(InvalidInput, match="BPIC-SS has no items here; enter its total"):
        check_answers(the_instrument("bpic_ss"), {"bpic_ss.1": 1})


def test_a_long_range_is_told_by_its_ends():
    with pytest.raises(InvalidInput, match="expected one of 0 to 100"):
        check_answers(the_instrument("craving"), {"craving.1": 101})


def test_a_short_form_takes_its_own_questions():
    phq9, phq2 = the_instrument("phq9"), the_instrument("phq2")
    assert answers_to_part({"phq9.1": 3, "phq9.9": 1}, whole=phq9, part=phq2) == {"phq2.1": 3}
    with pytest.raises(InvalidInput, match="GAD-7 is no short form of PHQ-9"):
        answers_to_part({}, whole=phq9, part=the_instrument("gad7"))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("PHQ-9", "phq9"),
        ("phq_9", "phq9"),
        ("MOAA/S", "moaas"),
        ("HAM-D", "hamd17"),
        ("c-ssrs screener", "cssrs_screener"),
    ],
)
def test_an_instrument_is_found_by_the_names_people_write(name, found):
    assert find_instrument(name, load_release().instruments).id == found


def test_a_name_that_fits_none_or_several_is_not_guessed():
    with pytest.raises(InvalidInput, match="'phq' is not known; expected one of audit_c"):
        find_instrument("phq", load_release().instruments)


def test_every_name_leads_to_its_own_instrument():
    instruments = load_release().instruments
    for one in instruments.values():
        for name in (one.id, one.short_title, *one.known_as):
            assert find_instrument(name, instruments) is one
