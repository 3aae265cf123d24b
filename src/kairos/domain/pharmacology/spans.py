"""How the propagators of all spans in a schedule are made from each other, by few products.

A recipe is a list of steps. ``(TAYLOR, slot, number of a span, 0)`` makes one from a Taylor sum, for a span
so short that few terms are enough; ``(PRODUCT, slot, left, right)`` multiplies two: the spans add up. Both
keep a propagator less the identity; ``(COMPLETE, slot, 0, 0)`` adds it in the end. Where all spans are
multiples of one unit (minutes nearly always are), one Taylor sum serves them all. Times in min.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kairos.domain.pharmacology.system import Floats

TAYLOR, PRODUCT, COMPLETE = 0, 1, 2
SMALL = 1.0 / 256.0
"""Fastest rate times the span of a Taylor sum: six terms then leave less than the last digit."""
MOST_UNITS = 1 << 14
MOST_SPANS = 48


@dataclass(slots=True)
class Recipe:
    """Steps, the spans of their Taylor sums, and the slot in which each wanted span ends up."""

    steps: list[tuple[int, int, int, int]] = field(default_factory=list)
    spans: list[float] = field(default_factory=list)
    slots: int = 3
    """Slots 0 to 2 are scrap."""

    def slot_for(self, span: float, fastest_per_min: float) -> int:
        """Make one span from nothing: halve it until it is short, then double it back."""
        halvings = 0
        while fastest_per_min * span > SMALL:
            span, halvings = span * 0.5, halvings + 1
        self.spans.append(span)
        here, spare = self._new(), self._new() if halvings else 0
        self.steps.append((TAYLOR, here, len(self.spans) - 1, 0))
        for _ in range(halvings):
            self.steps.append((PRODUCT, spare, here, here))
            here, spare = spare, here
        return here

    def product(self, left: int, right: int) -> int:
        """Return a new slot for the sum of two spans."""
        slot = self._new()
        self.steps.append((PRODUCT, slot, left, right))
        return slot

    def complete(self, slots: Iterable[int]) -> None:
        """Add the identity to these, each once; nothing more is made of them."""
        self.steps += [(COMPLETE, slot, 0, 0) for slot in sorted(set(slots))]

    def _new(self) -> int:
        self.slots += 1
        return self.slots - 1


def recipe_for(
    spans_min: Sequence[float], fastest_per_min: float, tolerance_min: float
) -> tuple[Recipe, list[int]]:
    """Return how to make these spans, and the slot of each.

    Parameters
    ----------
    spans_min : distinct, > 0
    fastest_per_min : 1/min, the fastest rate at which any state empties
    tolerance_min : min, the rounding of the times; spans are met within it
    """
    recipe = Recipe()
    unit, multiples = common_unit(spans_min, tolerance_min)
    if not unit:
        return recipe, [recipe.slot_for(span, fastest_per_min) for span in spans_min]
    made = {1: recipe.slot_for(unit, fastest_per_min)}
    for multiple in sorted(multiples):
        _make(multiple, made, recipe)
    return recipe, [made[multiple] for multiple in multiples]


def _make(multiple: int, made: dict[int, int], recipe: Recipe) -> None:
    """Make a multiple of the unit: as a sum of two that exist, or from its binary digits."""
    if multiple in made:
        return
    for one in sorted(made, reverse=True):
        if multiple - one in made:
            made[multiple] = recipe.product(made[one], made[multiple - one])
            return
    power = 1
    while 2 * power <= multiple:
        if 2 * power not in made:
            made[2 * power] = recipe.product(made[power], made[power])
        power *= 2
    largest = max(one for one in made if one < multiple)
    _make(multiple - largest, made, recipe)
    made[multiple] = recipe.product(made[largest], made[multiple - largest])


def common_unit(spans_min: Sequence[float], tolerance_min: float) -> tuple[float, list[int]]:
    """Return a unit of which all spans are whole multiples, and the multiples; 0 where there is none.

    Euclid's algorithm on numbers that are rounded: a remainder within a thousandth of a unit is none.
    """
    unit = max(spans_min)
    for span in spans_min:
        unit = _divisor(unit, span, max(spans_min) / MOST_UNITS)
        if not unit:
            return 0.0, []
    multiples = [round(span / unit) for span in spans_min]
    longest = int(np.argmax(spans_min))
    unit = spans_min[longest] / multiples[longest]
    fits = all(abs(m * unit - span) <= tolerance_min for m, span in zip(multiples, spans_min, strict=True))
    return (unit, multiples) if fits else (0.0, [])


def _divisor(one: float, other: float, least: float) -> float:
    while other > least * 1e-3:
        one, other = other, one - other * np.floor(one / other + 1e-6)
    return one if one >= least else 0.0


def distinct(spans_min: Floats, tolerance_min: float) -> tuple[list[float], NDArray[np.int64]]:
    """Return the spans that differ by more than the rounding, and which of them each span is."""
    order = np.argsort(spans_min, kind="stable")
    ordered = spans_min[order]
    fresh = np.diff(ordered, prepend=-np.inf) > tolerance_min
    which = np.empty(len(spans_min), dtype=np.int64)
    which[order] = np.cumsum(fresh) - 1
    return [float(span) for span in ordered[fresh]], which
