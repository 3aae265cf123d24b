"""Recorded streams of every release are read for good."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar
from uuid import UUID

import pytest

from kairos.domain.sessions import payloads
from kairos.domain.sessions.events import EVENTS, CheckedIn, Corrected, Event, SedationRated, SessionEntry
from kairos.domain.sessions.payloads import from_payload, to_payload
from kairos.domain.sessions.phases import Phase
from kairos.domain.sessions.state import replay
from tests.support.dosing_sessions import NURSE, PRESCRIBER, at, releasable

RECORDED = Path(__file__).parent / "recorded_session_v1.json"


def read(path: Path) -> list[SessionEntry]:
    """Return the entries of a recorded stream."""
    return [
        SessionEntry(
            row["seq"],
            from_payload(row["type"], row["version"], row["payload"]),
            datetime.fromisoformat(row["true_at"]),
            datetime.fromisoformat(row["recorded_at"]),
            UUID(row["by"]),
        )
        for row in json.loads(path.read_text(encoding="utf-8"))
    ]


def test_the_recorded_stream_replays_to_its_recorded_state():
    """Recorded from the first release: a session with a pause, an alarm, a correction and a release."""
    state = replay(read(RECORDED))
    assert state.phase is Phase.RELEASED
    assert str(state.infusion.given_mg(state.ended_at)) == "26.350"
    assert [reading.systolic for reading in state.readings] == [128, 142, 181, 184, 150, 126]
    assert [(a.raised.rule, a.end) for a in state.alarms.values()] == [
        ("monitoring.blood_pressure_stop", "settled")
    ]
    assert state.ended_at == datetime(2026, 11, 24, 11, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "phase", "given", "ended"),
    [
        ("esketamine", Phase.RELEASED, "56", 5),
        ("home", Phase.LEFT, "100", 9),
        ("injection", Phase.TRANSFERRED, "20", 4),
        ("oral", Phase.OBSERVING, "100", 1),
    ],
)
def test_recorded_streams_of_the_other_routes_replay_to_their_states(name, phase, given, ended):
    """Devices with a corrected lot, a lozenge at home, a split injection that was stopped, two tablets."""
    state = replay(read(RECORDED.parent / f"recorded_{name}_v1.json"))
    dose = state.dose
    assert (state.phase, str(dose.given_mg(at(200))), dose.ended_at) == (phase, given, at(ended))
    if name == "esketamine":
        assert [portion.lot for portion in dose.portions] == ["L2", "L1"]
    if name == "home":
        assert [seen.event.answer for seen in state.seen(CheckedIn)] == ["well", "worried", "well"]
        assert state.mouth.end == "spat"


def test_a_recorded_stream_of_a_covered_break_replays_to_its_watcher():
    """A break covered, a watcher who fell silent and came back."""
    entries = read(RECORDED.parent / "recorded_watching_v1.json")
    state = replay(entries)
    assert (state.watched_by, state.cover.first, state.cover.until) == (PRESCRIBER, NURSE, at(25))
    assert (state.offer, state.watch_faults) == (None, {})
    assert set(replay(entries[:-1]).watch_faults) == {"silent"}


def test_the_recorded_streams_hold_most_events():
    """An event that is in none of them needs a stream of its own before its version changes."""
    recorded = [entry for path in sorted(RECORDED.parent.glob("recorded_*.json")) for entry in read(path)]
    assert {entry.event.type for entry in recorded} >= set(EVENTS) - {
        *("rate_changed", "infusion_completed", "cancelled"),
        *("infusion_resumed", "alarm_escalated", "override_recorded", "medicine_effect_noted"),
        "contact_noted",
    }


def test_every_event_survives_the_way_to_json_and_back():
    for entry in [*releasable().entries, *read(RECORDED)]:
        payload = json.loads(json.dumps(to_payload(entry.event)))
        assert from_payload(entry.event.type, entry.event.version, payload) == entry.event


def test_a_correction_without_replacement_survives_too():
    event = Corrected(amends=3, true_at=at(4))
    assert from_payload("corrected", 1, to_payload(event)) == event


@pytest.mark.parametrize(("name", "version"), [("unheard_of", 1), ("opened", 2), ("opened", 0)])
def test_what_is_not_known_is_a_bug(name, version):
    with pytest.raises(ValueError, match="is known; is the program too old"):
        from_payload(name, version, {})


def test_fields_that_do_not_fit_are_a_bug():
    with pytest.raises(ValueError, match="a payload of sedation_rated does not fit"):
        from_payload("sedation_rated", 1, {"score": "drowsy"})


def test_an_old_version_is_lifted_step_by_step(monkeypatch):
    @dataclass(frozen=True, slots=True, kw_only=True)
    class SedationRatedLater(Event):
        type: ClassVar[str] = "sedation_rated"
        version: ClassVar[int] = 3
        score: int
        scale: str

    monkeypatch.setitem(EVENTS, "sedation_rated", SedationRatedLater)
    monkeypatch.setitem(payloads.LIFTS, ("sedation_rated", 1), lambda p: {**p, "scale": "moaas"})
    monkeypatch.setitem(payloads.LIFTS, ("sedation_rated", 2), lambda p: {**p, "scale": p["scale"].upper()})
    old = to_payload(SedationRated(score=4))
    assert from_payload("sedation_rated", 1, old) == SedationRatedLater(score=4, scale="MOAAS")
