import pytest

from kairos.web.design.drawings.interval_bar import IntervalBar, draw_interval_bar
from tests.support.drawings import parsed

WORDS = "52 % (45 to 59), 102 of 196, 35 not measured"


def test_the_share_is_a_line_in_its_interval_on_an_axis_of_a_hundred():
    root = parsed(draw_interval_bar(IntervalBar(50, 25, 75, WORDS)))
    bed, interval, share = root
    assert root.get("aria-label") == WORDS
    assert (bed.get("x"), bed.get("width")) == ("0", "600")
    assert (interval.get("x"), interval.get("width"), share.get("x1")) == ("150", "300", "300")


def test_a_number_too_small_to_show_is_dashed_and_empty():
    root = parsed(draw_interval_bar(IntervalBar(0, 0, 100, "Fewer than 5, not shown", is_known=False)))
    assert [node.get("class") for node in root] == ["bed out"]


@pytest.mark.parametrize("bar", [(50, 60, 70), (50, -1, 70), (50, 40, 101)])
def test_numbers_that_make_no_sense_are_refused(bar):
    with pytest.raises(ValueError, match="within 0 to 100"):
        draw_interval_bar(IntervalBar(*bar, WORDS))
