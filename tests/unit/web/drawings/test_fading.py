"""The drawing of how long it lasts: dots where a study tells, dashes between, and its words."""

import re

from kairos.web.design.drawings.fading import FadingLine, FadingWords, draw_fading

WORDS = FadingWords("Still <better>", "A: day 0: 100.", "first weeks", "months", "of a hundred")
LINES = [FadingLine("A", ((0, 71), (7, 35))), FadingLine("B", ((0, 100), (273, 50)))]


def test_every_point_is_a_dot_and_every_line_has_its_letter():
    drawn = draw_fading(LINES, WORDS)
    assert drawn.count("<circle") == 4
    assert ">A</text>" in drawn
    assert ">B</text>" in drawn
    assert "Still &lt;better&gt;" in drawn


def test_a_line_over_the_break_of_the_axis_bends_there_and_stays_straight_in_days():
    """At day 28 of 273 the second line has lost 28/273 of its fall from 100 to 50."""
    drawn = draw_fading(LINES, WORDS)
    straight = re.findall(r'<line class="s3" x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)"', drawn)
    assert len(straight) == 2
    (_, top, broken, bend), (also_broken, also_bend, _, bottom) = [
        tuple(map(float, each)) for each in straight
    ]
    assert (broken, bend) == (also_broken, also_bend)
    assert abs((bend - top) / (bottom - top) - 28 / 273) < 0.01


def test_a_phone_has_its_own_width():
    assert 'viewBox="0 0 380 300"' in draw_fading(LINES, WORDS, narrow=True)
