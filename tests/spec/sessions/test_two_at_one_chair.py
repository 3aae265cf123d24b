"""Two people at one chair, neither of whom saw what the other entered: what is shown, what settles it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from kairos.domain.sessions import events as e
from kairos.domain.sessions.conflicts import ConflictKind, contested_items, open_conflicts
from kairos.domain.sessions.told import EntryDevice
from tests.support.dosing_sessions import NURSE, at

OTHER = UUID("00000000-0000-7000-8000-0000000000ff")
SAME_DUE = timedelta(minutes=5)


def entry(seq, event, minute=0.0, *, by=NURSE, seen=None, device="a"):
    """An entry; with ``seen`` it names its device, and the last entry that its maker's screen showed."""
    made = None if seen is None else EntryDevice(at=at(minute), seen=seen, id=device)
    return e.SessionEntry(seq, event, at(minute), at(seq), by, made)


def reading(**values):
    return e.VitalsRecorded(source=e.Source.TYPED, **values)


def answer(word, item="sleep"):
    return e.CheckAnswered(item=item, answer=word)


def rate(mg_per_h):
    return e.RateChanged(rate_mg_per_h=mg_per_h)


HIGH, LOW = reading(systolic=150, diastolic=90), reading(systolic=120, diastolic=80)
BLIND = {"by": OTHER, "seen": 0, "device": "b"}

ROWS = {
    "the same question, other answers": (answer("good"), answer("poor"), ConflictKind.CHECK),
    "the same question, the same answer": (answer("good"), answer("good"), None),
    "two questions": (answer("good"), answer("calm", "mood"), None),
    "two readings of one time": (HIGH, LOW, ConflictKind.READING),
    "the same reading twice": (HIGH, HIGH, None),
    "a pulse beside a pressure": (HIGH, reading(heart_rate=80), None),
    "two rates": (rate(30), rate(40), ConflictKind.PUMP),
    "the same rate twice": (rate(30), rate(30), None),
    "a rate, and the end": (rate(30), e.InfusionCompleted(), ConflictKind.PUMP),
    "a reading and a rate": (HIGH, rate(30), None),
}


@pytest.mark.parametrize("name", ROWS)
def test_what_disagrees(name):
    """Other answers, other readings of one time, other rates; the same twice does not."""
    first, second, kind = ROWS[name]
    found = open_conflicts([entry(1, first), entry(2, second, **BLIND)], same_due=SAME_DUE)
    assert [each.kind for each in found] == ([] if kind is None else [kind])


@pytest.mark.parametrize(
    ("second", "is_shown"),
    [
        ({"by": OTHER, "seen": 0}, True),
        ({"by": OTHER, "seen": 1}, False),
        ({"by": OTHER}, False),
        ({"by": NURSE, "seen": 0}, False),
        ({"by": NURSE, "seen": 0, "device": "b"}, True),
    ],
    ids=["not seen", "seen", "device silent", "own entry, same device", "own entry, other device"],
)
def test_only_what_was_entered_without_sight_of_the_other(second, is_shown):
    """Who saw the first entry and made another meant to."""
    entries = [entry(1, HIGH, seen=0), entry(2, LOW, **second)]
    assert bool(open_conflicts(entries, same_due=SAME_DUE)) is is_shown


def test_readings_of_two_times_do_not_disagree():
    """A later reading is a later reading."""
    entries = [entry(1, HIGH, 0), entry(2, LOW, 6, **BLIND)]
    assert open_conflicts(entries, same_due=SAME_DUE) == ()


@pytest.mark.parametrize("amends", [1, 2])
def test_amending_either_settles_it(amends):
    """A person has decided."""
    entries = [entry(1, HIGH), entry(2, LOW, **BLIND), entry(3, e.Corrected(amends=amends))]
    assert open_conflicts(entries, same_due=SAME_DUE) == ()


def test_another_correction_settles_nothing():
    """Amending something else leaves both standing."""
    entries = [
        entry(1, LOW),
        entry(2, HIGH),
        entry(3, LOW, by=OTHER, seen=1),
        entry(4, e.Corrected(amends=1)),
    ]
    assert len(open_conflicts(entries, same_due=SAME_DUE)) == 1


def test_a_contested_answer_counts_as_none_until_somebody_answers_again():
    """Two answers without sight of each other are no answer."""
    entries = [entry(1, answer("good")), entry(2, answer("poor"), **BLIND)]
    assert contested_items(entries) == {"sleep"}
    third = entry(3, answer("fair"), by=UUID(int=7), seen=0)
    assert contested_items([*entries, third]) == {"sleep"}
    other_item = replace(third, event=answer("calm", "mood"), made_on=None)
    assert contested_items([*entries, other_item]) == {"sleep"}
    assert contested_items([*entries, replace(third, made_on=None)]) == frozenset()
