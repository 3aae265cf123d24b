"""What comes first at the chair.

By time while it lies ahead. Of what is due already, the one whose silence can hurt most. A repeat that an
urgent finding asks for leads whatever its time.
"""

import pytest

from tests.support.dosing_sessions import infusing

SITUATIONS = (
    ("situation", "minute of the infusion", "first", "second"),
    ("nothing is due yet: by time, readings before ratings", 1, "vitals", "sedation"),
    ("readings and wakefulness fell due at 10", 11, "vitals", "sedation"),
)


@pytest.mark.parametrize(("situation", "minute", "first", "second"), SITUATIONS[1:])
def test_readings_come_before_ratings(situation, minute, first, second):
    """What is due at one time comes in the order of what its silence can hide: readings, then ratings."""
    dues = infusing().look(minute).dues
    assert [due.kind for due in dues[:2]] == [first, second], situation


def test_of_what_is_late_the_reading_comes_first_though_the_rating_is_later_still():
    """Wakefulness has been due since 14 minutes, pressure since 16: pressure comes first."""
    stream = infusing().sedation(4, 5).pressure(6, 120, 80).detachment(6, 1)
    assert stream.look(15).dues[0].kind == "sedation"
    assert [due.kind for due in stream.look(17).dues[:2]] == ["vitals", "sedation"]


def test_after_an_urgent_pressure_the_repeat_leads():
    """A second reading at the stop: the repeat in 5 minutes leads, though wakefulness is due before it."""
    stream = infusing().sedation(4, 5).pressure(8, 184, 112).pressure(13, 184, 112)
    dues = stream.look(14).dues
    assert (dues[0].kind, dues[1].kind) == ("pressure_repeat", "sedation")
    assert dues[1].due_at < dues[0].due_at


def test_a_pressure_that_is_only_a_caution_keeps_its_place():
    """One reading over the alert: the repeat comes in its time."""
    stream = infusing().sedation(1, 5).pressure(7, 162, 90)
    dues = stream.look(8).dues
    assert (dues[0].kind, dues[1].kind) == ("sedation", "pressure_repeat")
