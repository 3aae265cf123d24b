"""Symptoms as they went: begin, strength, end; nobody saying it is gone leaves it open."""

from datetime import timedelta

from kairos.domain.sessions.events import SymptomGrade, SymptomNoted, SymptomState
from kairos.domain.sessions.symptoms import symptom_episodes
from tests.support.dosing_sessions import NURSE, at, infusing


def _note(stream, minute, *codes, state=SymptomState.PRESENT, grade=None):
    return stream.add(SymptomNoted(codes=codes, state=state, grade=grade), minute)


def test_one_episode_from_the_first_note_to_its_end():
    stream = infusing()
    _note(stream, 10, "nausea", grade=SymptomGrade.MILD)
    _note(stream, 20, "nausea", grade=SymptomGrade.SEVERE)
    _note(stream, 25, "nausea", grade=SymptomGrade.MODERATE)
    _note(stream, 40, "nausea", state=SymptomState.RESOLVED)
    (episode,) = symptom_episodes(stream.state)
    assert (episode.since, episode.until, episode.noted_by) == (at(10), at(40), NURSE)
    assert episode.worst is SymptomGrade.SEVERE
    assert episode.grade is SymptomGrade.MODERATE
    assert episode.lasted(at(90)) == timedelta(minutes=30)
    assert len(episode.refs) == 4
    assert not episode.is_open


def test_what_nobody_said_has_gone_is_still_there():
    stream = infusing()
    _note(stream, 10, "headache")
    (episode,) = symptom_episodes(stream.state)
    assert episode.is_open
    assert episode.grade is None
    assert episode.lasted(at(70)) == timedelta(hours=1)


def test_asked_and_absent_ends_it_and_begins_nothing():
    stream = infusing()
    _note(stream, 10, "dizziness", grade=SymptomGrade.MILD)
    _note(stream, 15, "dizziness", "nausea", state=SymptomState.ABSENT)
    (episode,) = symptom_episodes(stream.state)
    assert (episode.code, episode.until) == ("dizziness", at(15))


def test_what_comes_again_is_another_episode_and_a_strength_is_kept_where_none_is_said_later():
    stream = infusing()
    _note(stream, 10, "nausea", grade=SymptomGrade.MODERATE)
    _note(stream, 12, "nausea")
    _note(stream, 20, "nausea", state=SymptomState.RESOLVED)
    _note(stream, 50, "nausea", grade=SymptomGrade.MILD)
    first, second = symptom_episodes(stream.state)
    assert first.grade is SymptomGrade.MODERATE
    assert second.is_open


def test_an_entry_delivered_late_falls_into_its_place():
    stream = infusing()
    _note(stream, 30, "nausea", state=SymptomState.RESOLVED)
    stream.add(SymptomNoted(codes=("nausea",), state=SymptomState.PRESENT), 12, late=25)
    (episode,) = symptom_episodes(stream.state)
    assert (episode.since, episode.until) == (at(12), at(30))
