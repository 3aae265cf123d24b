"""A sheet of paper: what it asks for and when, what cannot have been, what stands beside a line."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from kairos.domain.sessions.events import DissociationRated, SedationRated, VitalsRecorded
from kairos.domain.sessions.paper import PaperLine, beside, check_lines, minutes_asked
from kairos.vocab.errors import InvalidInput
from tests.support.dosing_sessions import at, limits
from tests.support.route_sessions import protocol_of, ready

LINE = PaperLine(
    true_at=at(10), number=1, systolic=128, diastolic=82, heart_rate=70, sedation=5, detachment=3
)


def refused(*lines, opened=-30, now=60):
    with pytest.raises(InvalidInput) as caught:
        check_lines(lines, opened_at=at(opened), now=at(now), limits=limits())
    return [(problem.field, problem.message) for problem in caught.value.problems]


def test_a_line_says_what_was_read():
    kinds = [type(event) for event in LINE.events]
    assert kinds == [VitalsRecorded, SedationRated, DissociationRated]
    assert PaperLine(true_at=at(0)).events == ()
    check_lines([LINE], opened_at=at(-30), now=at(60), limits=limits())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"true_at": at(-31)}, "lies before the session was opened"),
        ({"true_at": at(61)}, "lies ahead of now"),
        ({"systolic": 80}, "systolic must exceed diastolic"),
        ({"heart_rate": 800}, "heart rate must be"),
        ({"sedation": 6}, "sedation must be 0 to 5"),
        ({"detachment": 11}, "detachment must be 0 to 10"),
    ],
)
def test_what_cannot_have_been_is_refused_with_its_line(changes, said):
    ((field, message),) = refused(LINE, replace(LINE, number=2, **changes))
    assert field == "line2"
    assert message.startswith("line 2: ")
    assert said in message


def test_nothing_is_no_sheet_and_a_time_alone_is_no_line():
    assert refused() == [("", "no line was entered; copy at least one from the sheet")]
    ((_, message),) = refused(PaperLine(true_at=at(10)))
    assert "has a time and no value" in message


def test_what_is_on_record_of_the_same_kind_within_minutes_stands_beside_a_line():
    entries = ready("esketamine_clinic").vitals(10, systolic=130, diastolic=84).sedation(30, 5).entries
    (found,) = beside(LINE, entries, limits=limits())
    assert found.event.systolic == 130
    assert beside(replace(LINE, true_at=at(10) + timedelta(minutes=4)), entries, limits=limits()) == ()


def test_a_sheet_asks_at_the_minutes_that_the_protocol_names_or_every_so_long():
    sprayed, infused = protocol_of("esketamine_clinic"), protocol_of("iv_racemic_clinic")
    assert minutes_asked(sprayed, "vitals", limits=limits()) == sprayed.timetable[0].at_minutes
    asked = minutes_asked(infused, "vitals", limits=limits())
    assert asked[0] == 0
    assert len({b - a for a, b in pairwise(asked)}) == 1
    assert minutes_asked(infused, "check_in", limits=limits()) == ()
