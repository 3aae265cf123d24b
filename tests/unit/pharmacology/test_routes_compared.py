"""One dose by each route: in proportion to what arrives, with the range that studies report."""

import pytest

from kairos.pharmacology.expected import chosen_models
from kairos.pharmacology.routes_compared import compared_routes, comparison_model
from kairos.vocab.errors import InvalidInput, NotInForce

ASKED = {"dose_mg": 35.0, "weight_kg": 70.0, "infusion_min": 40.0, "until_min": 240.0}


def test_each_route_has_its_peak_its_part_and_its_range():
    vein, tongue = compared_routes("ketamine", ("iv", "sl"), **ASKED)
    assert vein.peak_min == 40
    assert (vein.arrives.typical, vein.band) == (1.0, None)
    low, high = tongue.band
    part = tongue.arrives
    assert part.low < part.typical < part.high
    assert high.max() / low.max() == pytest.approx(part.high / part.low)
    assert vein.peak_ng_ml > tongue.peak_ng_ml
    assert tongue.warnings


def test_the_same_question_is_answered_once():
    assert compared_routes("ketamine", ("im",), **ASKED) is compared_routes("ketamine", ("im",), **ASKED)


def test_what_the_content_does_not_hold_is_named():
    with pytest.raises(InvalidInput, match="inhaled"):
        compared_routes("ketamine", ("inhaled",), **ASKED)
    assert chosen_models("thiopental") is None
    with pytest.raises(NotInForce, match="thiopental"):
        comparison_model("thiopental")
