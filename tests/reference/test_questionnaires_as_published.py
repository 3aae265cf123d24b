"""The questionnaires hold the published codes, ranges and answers.

Golden values: LOINC panels and answer lists as printed in public LOINC and FHIR code files.
"""

import pytest

from tests.support.instruments import the_instrument

PUBLISHED = (
    ("phq9", "44249-1", "44261-6", (0, 27), 9),
    ("gad7", "69737-5", "70274-6", (0, 21), 7),
    ("cssrs_screener", "93373-9", "93374-7", (0, 0), 0),
)
PHQ9_CODES = "44250-9 44255-8 44259-0 44254-1 44251-7 44258-2 44252-5 44253-3 44260-8 69722-7".split()
GAD7_CODES = "69725-0 68509-9 69733-4 69734-2 69735-9 69689-8 69736-7".split()
CSSRS_CODES = "93246-7 93247-5 93248-3 93249-1 93250-9 93267-3 93269-9".split()


@pytest.mark.parametrize(("instrument_id", "panel", "total", "span", "scored"), PUBLISHED)
def test_panels_totals_and_ranges(instrument_id, panel, total, span, scored):
    instrument = the_instrument(instrument_id)
    assert (instrument.panel.code, instrument.total.code) == (panel, total)
    assert (instrument.lowest_total, instrument.highest_total) == span
    assert len(instrument.scored_ids) == scored


@pytest.mark.parametrize(
    ("instrument_id", "codes"), [("phq9", PHQ9_CODES), ("gad7", GAD7_CODES), ("cssrs_screener", CSSRS_CODES)]
)
def test_items_carry_their_own_codes_in_order(instrument_id, codes):
    assert [item.code.code for item in the_instrument(instrument_id).items] == codes


@pytest.mark.parametrize("instrument_id", ["phq9", "gad7"])
def test_answers_carry_their_own_codes(instrument_id):
    options = the_instrument(instrument_id).items[0].options
    assert [(o.value, o.code.code) for o in options] == [
        (0, "LA6568-5"),
        (1, "LA6569-3"),
        (2, "LA6570-1"),
        (3, "LA6571-9"),
    ]


def test_the_screener_keeps_its_notice():
    assert "2008" in the_instrument("cssrs_screener").copyright_notice
