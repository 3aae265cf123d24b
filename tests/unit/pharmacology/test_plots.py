"""A picture names its curves, says that they are simulated, and holds nothing that a page must forbid."""

from itertools import pairwise
from xml.etree import ElementTree as xml

import numpy as np
import pytest

from kairos.pharmacology.plots import Curve, Plot, Shade, draw

TIMES = np.linspace(0, 480, 97)
RISING = 100 * (np.exp(-TIMES / 100) - np.exp(-TIMES / 20))
SVG = "{http://www.w3.org/2000/svg}"


def _plot(*curves, **more):
    return Plot("By route", "What is seen.", curves, **more)


def _texts(svg):
    return [each.text for each in xml.fromstring(svg).iter() if each.text]


def test_a_picture_says_what_it_is_and_names_its_curves():
    curve = Curve("In a vein", TIMES, RISING, RISING / 2, RISING * 2)
    texts = _texts(draw(_plot(curve, Curve("By mouth", TIMES, RISING / 3, series=2))))
    assert {"Simulation, not a measurement", "In a vein", "By mouth", "By route", "What is seen."} <= set(
        texts
    )
    assert {"ng/mL", "hours", "0", "8"} <= set(texts)


def test_a_page_gets_no_style_and_a_file_its_own_with_the_notes():
    plot = _plot(Curve("a", TIMES, RISING), notes=("A long sentence about the model. " * 9,))
    on_page = draw(plot)
    assert "style" not in on_page
    assert "A long sentence" not in on_page
    in_file = draw(plot, standalone=True)
    root = xml.fromstring(in_file)
    assert root.find(f"{SVG}style") is not None
    assert sum("sentence" in (each.text or "") for each in root.iter(f"{SVG}text")) >= 3


@pytest.mark.parametrize("narrow", [False, True])
def test_nothing_is_drawn_outside_the_frame(narrow):
    curve = Curve("A name that is longer than the place there is", TIMES[-5:], RISING[:5] + 1)
    root = xml.fromstring(draw(_plot(curve), narrow=narrow))
    width = float(root.get("viewBox").split()[2])
    assert width == (390 if narrow else 760)
    assert all(0 <= float(each.get("x", 0)) <= width for each in root.iter())


def test_curves_of_one_height_have_names_that_do_not_cover_each_other():
    curves = [Curve(f"curve {n}", TIMES, RISING, series=n) for n in (1, 2, 3)]
    root = xml.fromstring(draw(_plot(*curves)))
    places = sorted(float(each.get("y")) for each in root.iter("text") if "curve" in (each.text or ""))
    assert all(b - a >= 16 for a, b in pairwise(places))


def test_a_band_alone_is_a_picture_too():
    svg = draw(_plot(Curve("Expected", TIMES, None, RISING / 2, RISING * 2)))
    assert "Expected" in _texts(svg)
    assert 'class="typical' not in svg


def test_levels_far_above_the_curve_are_left_out():
    shades = (Shade(40, 60, "seen here"), Shade(50, 50, "one level"), Shade(1200, 2400, "far above"))
    assert draw(_plot(Curve("a", TIMES, RISING), shades=shades)).count("seenline") == 1
    texts = _texts(draw(_plot(Curve("a", TIMES, RISING), shades=shades)))
    assert "seen here" in texts
    assert "far above" not in texts


def test_a_short_course_is_in_minutes_and_an_empty_one_is_still_a_picture():
    minutes = np.linspace(0, 60, 7)
    assert "minutes" in _texts(draw(_plot(Curve("a", minutes, minutes))))
    empty = np.array([])
    assert "By route" in _texts(draw(_plot(Curve("none", empty, empty))))
