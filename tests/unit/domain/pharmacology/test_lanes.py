"""Eight numbers in a register mean the same compiled and uncompiled."""

import numpy as np
from numba import njit

from kairos.domain.pharmacology.cohort_course import room_for
from kairos.domain.pharmacology.kernels.lanes import (
    fused,
    larger,
    load,
    smaller,
    spread,
    store,
    stream,
    where_larger,
)
from tests.support.uncompiled import uncompiled


def every_word(numbers, aside):
    one, two = load(numbers, 0), load(numbers, 8)
    mixed = fused(one, two, spread(0.5)) - one / larger(two, spread(1.0))
    store(numbers, 8, where_larger(mixed, one, smaller(mixed, two), one * two + mixed))
    stream(aside, 0, load(numbers, 4))


def test_compiled_and_uncompiled_words_agree():
    """Compiled here and not kept, so that what makes the instructions runs whatever lies on disk."""
    results = []
    for way in (njit(every_word), every_word):
        numbers, aside = np.random.default_rng(1).normal(size=16), room_for(1, 1, 8)
        way(numbers, aside)
        results.append(np.r_[numbers, aside])
    assert np.allclose(*results, rtol=1e-15, atol=1e-15)


def test_registers_are_modelled_once_more_where_nothing_is_compiled():
    with uncompiled():
        from kairos.domain.pharmacology.kernels import lanes

        assert lanes.LanesType().name == "Lanes8"
