"""Measured values that the laboratory gave as a bound, with "<" or ">"."""

from datetime import timedelta

import pytest

from kairos.domain.rules.case import Case
from kairos.domain.rules.expression import Operator
from kairos.domain.rules.readings import Reading
from kairos.vocab.facts import AskedAsOf
from kairos.vocab.quantities import Quantity
from kairos.vocab.verdict import Verdict
from tests.support.facts import TODAY, measured

A_YEAR = timedelta(days=365)


@pytest.mark.parametrize(
    ("operator", "written", "verdict"),
    [
        (Operator.ABOVE, ("<", 10), Verdict.NOT_MET),
        (Operator.ABOVE, ("<", 100), Verdict.NOT_MET),
        (Operator.ABOVE, ("<", 101), Verdict.UNKNOWN),
        (Operator.ABOVE, (">", 100), Verdict.MET),
        (Operator.ABOVE, (">=", 100), Verdict.UNKNOWN),
        (Operator.ABOVE, (">", 99), Verdict.UNKNOWN),
        (Operator.ABOVE, ("", 101), Verdict.MET),
        (Operator.BELOW, ("<", 100), Verdict.MET),
        (Operator.BELOW, (">", 100), Verdict.NOT_MET),
        (Operator.BELOW, (">", 99), Verdict.UNKNOWN),
        (Operator.BELOW, ("<", 101), Verdict.UNKNOWN),
    ],
)
def test_a_bound_is_beyond_a_limit_within_it_or_leaves_it_open(operator, written, verdict):
    comparator, value = written
    result = measured("ferritin", value, "ug/L", details={"comparator": comparator})
    reading = Reading("ferritin", operator, Quantity(100, "ug/L"), A_YEAR)
    found = reading.answer(Case([result], AskedAsOf(TODAY)))
    assert found.verdict is verdict
    assert found.facts == (result.id,)
    assert ("comparator" in found.values) is (verdict is Verdict.UNKNOWN)


def test_the_limit_names_which_of_several_was_asked():
    reading = Reading("ferritin", Operator.ABOVE, Quantity(100, "ug/L"), A_YEAR, asked="of a man")
    found = reading.answer(Case([measured("ferritin", 101, "ug/L")], AskedAsOf(TODAY)))
    assert (found.message, found.values["asked"]) == ("finding.reading_beyond_of", "of a man")
