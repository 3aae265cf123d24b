"""Figures and the aid that states them."""

from datetime import date

import pytest

from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.decision_aid import figures_named, fill_figures
from kairos.domain.evidence.figures import Count, Figure


def figure(name="trial.a", states="64 of 100", count=None):
    days = {"checked_on": date(2026, 1, 1), "review_by": date(2027, 1, 1)}
    return Figure(name, states, count, None, ("k",), Certainty.VERIFIED, "editor", **days)


def count(of_100, against):
    return Count("better", of_100, against, "a dummy", "73 people")


@pytest.mark.parametrize(
    ("of_100", "against", "because", "anyway"), [(64, 28, 36, 28), (30, None, 30, 0), (5, 8, 0, 5)]
)
def test_what_the_comparison_tells(of_100, against, because, anyway):
    counted = count(of_100, against)
    assert (counted.because, counted.anyway) == (because, anyway)


def test_a_figure_is_stale_after_its_day():
    assert not figure().is_stale(date(2027, 1, 1))
    assert figure().is_stale(date(2027, 1, 2))


def test_a_text_is_filled_with_what_figures_state():
    figures = {"trial.a": figure(count=count(64, 28)), "time.b": figure("time.b", "two hours")}
    text = "{trial.a} with it, {trial.a.against} without, in {time.b}; {time.b.against}."
    assert figures_named(text) == ("trial.a", "trial.a", "time.b", "time.b")
    assert fill_figures(text, figures) == "64 of 100 with it, 28 of 100 without, in two hours; two hours."
    assert fill_figures("No figure.", {}) == "No figure."
