"""Goal attainment: one rating a goal, and what several goals of a person come to.

Source: cite:goal-attainment.
"""

from collections.abc import Sequence
from math import sqrt

from kairos.domain.instruments.questionnaire import Instrument
from kairos.domain.instruments.scoring import check_answers

ID = "goal_attainment"
ITEM = "goal_attainment.1"
_MIDDLE, _SPREAD = 50.0, 10.0
"""A T score lies around 50 with a spread of 10 by its definition."""


def t_score(ratings: Sequence[int], *, instrument: Instrument, correlation: float) -> float | None:
    """Return the T score of several goals of equal weight; None without a goal.

    Parameters
    ----------
    ratings : ints             one a goal, -2 (much less than expected) to 2 (much more)
    instrument : Instrument    the version that was asked
    correlation : float        assumed between goals, "1", from content

    Returns
    -------
    float                      50 where every goal stands as expected

    Raises
    ------
    InvalidInput               a rating outside its range

    Source
    ------
    cite:goal-attainment: 50 + 10 * sum(x) / sqrt((1 - r) * n + r * n ** 2) for n goals of weight 1.
    """
    for rating in ratings:
        check_answers(instrument, {ITEM: rating})
    n = len(ratings)
    if not n:
        return None
    return _MIDDLE + _SPREAD * sum(ratings) / sqrt((1 - correlation) * n + correlation * n**2)
