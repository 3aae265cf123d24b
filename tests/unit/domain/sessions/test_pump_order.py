"""A change of the pump is amended to a time between its neighbours, never beyond them."""

import pytest

from kairos.domain.sessions import events as e
from kairos.domain.sessions.state import check_correction
from kairos.vocab.errors import InvalidInput
from tests.support.dosing_sessions import NURSE, at


def entry(seq, event, minute):
    return e.SessionEntry(seq, event, at(minute), at(minute), NURSE)


ENTRIES = [
    entry(1, e.InfusionStarted(rate_mg_per_h=50), 0),
    entry(2, e.NoteAdded(note_id=NURSE), 5),
    entry(3, e.RateChanged(rate_mg_per_h=40), 10),
    entry(4, e.InfusionPaused(), 20),
    entry(5, e.Corrected(amends=4, true_at=at(25)), 30),
    entry(6, e.Corrected(amends=1, replacement=e.InfusionStarted(rate_mg_per_h=45)), 31),
]


@pytest.mark.parametrize("minute", [1, 22, 24])
def test_between_its_neighbours_as_they_are_read_now(minute):
    assert check_correction(ENTRIES, e.Corrected(amends=3, true_at=at(minute))) is None


@pytest.mark.parametrize(("amends", "minute"), [(3, -1), (3, 26), (1, 11), (4, 9)])
def test_beyond_a_neighbour_it_is_refused(amends, minute):
    with pytest.raises(InvalidInput, match="beyond another change of the infusion"):
        check_correction(ENTRIES, e.Corrected(amends=amends, true_at=at(minute)))


def test_what_is_no_change_of_the_pump_may_stand_anywhere():
    assert check_correction(ENTRIES, e.Corrected(amends=2, true_at=at(40))) is None
