"""Occupancy adds up what binds; ranges of effects hold their ends."""

import numpy as np
import pytest

from kairos.domain.evidence.citations import Certainty
from kairos.domain.pharmacology.effects import EffectRange, ranges_around
from kairos.domain.pharmacology.occupancy import occupancy
from kairos.domain.pharmacology.receptor import Affinity, Receptor
from kairos.domain.pharmacology.substances import Substance
from kairos.vocab.errors import InvalidInput


def _substance(name):
    return Substance(name, 100.0, Certainty.VERIFIED, ("made-up",))


def _affinity(name, ki):
    return Affinity(name, ki, Certainty.VERIFIED, ("made-up",))


SUBSTANCES = {name: _substance(name) for name in ("mixture", "half", "stranger")}
RECEPTOR = Receptor(
    name="made_up",
    title="A receptor",
    caveat="none",
    affinities={"left": _affinity("left", 1.0), "right": _affinity("right", 3.0)},
    made_of={"mixture": {"left": 0.5, "right": 0.5}, "half": {"left": 1.0}},
    unbound={},
)


def test_a_concentration_of_ki_occupies_a_half():
    assert occupancy({"half": 100.0}, RECEPTOR, SUBSTANCES) == pytest.approx(0.5)


def test_a_mixture_is_the_sum_of_its_parts_and_adds_to_what_else_is_there():
    alone = 0.5 * 3 / 1.0 + 0.5 * 3 / 3.0
    assert occupancy({"mixture": 300.0}, RECEPTOR, SUBSTANCES) == pytest.approx(alone / (1 + alone))
    both = occupancy({"mixture": 300.0, "half": 100.0}, RECEPTOR, SUBSTANCES)
    assert both == pytest.approx((alone + 1) / (2 + alone))


def test_a_course_of_concentrations_gives_a_course_of_occupancies_that_rises_with_them():
    course = occupancy({"half": np.array([0.0, 50.0, 100.0])}, RECEPTOR, SUBSTANCES, unbound=0.5)
    assert course.shape == (3,)
    assert course[0] == 0
    assert (np.diff(course) > 0).all()


@pytest.mark.parametrize("unbound", [0, -0.1, 1.1])
def test_a_part_that_is_none_is_refused(unbound):
    with pytest.raises(InvalidInput, match="unbound"):
        occupancy({"half": 1.0}, RECEPTOR, SUBSTANCES, unbound=unbound)


def test_what_the_receptor_knows_nothing_of_is_refused_by_name():
    with pytest.raises(InvalidInput, match="no affinity of stranger; it has mixture, half"):
        occupancy({"stranger": 1.0}, RECEPTOR, SUBSTANCES)


def test_ranges_hold_their_ends_and_their_own_analyte():
    ranges = [
        EffectRange(name, analyte, low, high, "venous", "t", Certainty.VERIFIED, ("made-up",))
        for name, analyte, low, high in [("a", "x", 10, 20), ("b", "x", 20, 20), ("c", "y", 10, 20)]
    ]
    assert [each.name for each in ranges_around(20, ranges, analyte="x")] == ["a", "b"]
    assert not ranges_around(9.9, ranges, analyte="x")
