"""The grammar of a dosing session: which act is possible at all in which phase, and where it leads.

A protocol draws its own way inside this grammar (``protocols/walk.py``); a recorded stream is read by the
grammar alone, so that no later content can make it unreadable. Everything else about phases is derived from
it: the check before an event is appended, the diagram in ``docs/reference/session-states.md``, and the
sentence that says what opens a closed door.
"""

from enum import StrEnum

from kairos.domain.protocols.predose import Call
from kairos.domain.sessions.events import (
    EVENTS,
    OF_SEVERAL,
    GoDecided,
    LozengeTaken,
    PortionGiven,
)
from kairos.vocab.errors import NotAllowed


class Phase(StrEnum):
    """Where a dosing session stands."""

    UNOPENED = "unopened"
    CHECKING = "checking"
    HELD = "held"
    READY = "ready"
    NOT_TODAY = "not_today"
    INFUSING = "infusing"
    PAUSED = "paused"
    DOSING = "dosing"
    HOLDING = "holding"
    OBSERVING = "observing"
    RELEASED = "released"
    LEFT = "left_against_advice"
    TRANSFERRED = "transferred"
    CANCELLED = "cancelled"


FINAL = frozenset({Phase.RELEASED, Phase.LEFT, Phase.TRANSFERRED, Phase.CANCELLED})
BEFORE_DOSE = frozenset({Phase.CHECKING, Phase.HELD, Phase.READY, Phase.NOT_TODAY})
GIVING = frozenset({Phase.INFUSING, Phase.PAUSED, Phase.DOSING, Phase.HOLDING})
DOSED = GIVING | {Phase.OBSERVING}


def _acts_of(name: str) -> tuple[str, ...]:
    if name == GoDecided.type:
        return tuple(f"{name}_{call}" for call in Call)
    is_portion = issubclass(EVENTS[name], PortionGiven) and name != LozengeTaken.type
    return (name, f"{name}{OF_SEVERAL}") if is_portion else (name,)


ACTS: tuple[str, ...] = tuple(act for name in EVENTS for act in _acts_of(name))

ALWAYS = (
    "note_added",
    "alarm_raised",
    "alarm_taken",
    "alarm_escalated",
    "alarm_closed",
    "corrected",
    "vitals_recorded",
    "sedation_rated",
    "dissociation_rated",
    "symptom_noted",
    "medicine_given",
    "medicine_effect_noted",
    "checked_in",
    "contact_noted",
)
"""Possible in every phase once opened: an entry made offline may arrive after the end, and is kept."""


def _stay(phases: frozenset[Phase], *acts: str) -> dict[tuple[Phase, str], Phase]:
    return {(phase, act): phase for phase in phases for act in acts}


OF_HOME = frozenset({"checked_in", "contact_noted"})
OTHER_FORMS = OF_HOME | frozenset(
    act
    for act in ACTS
    if act.startswith(("injection_", "device_", "tablet_", "lozenge_", "mouth_", "dosing_"))
)
"""The acts of every form of dose but the infusion, and of a session at home."""
_PORTIONS = ("injection_given", "device_sprayed", "tablet_taken")


def _lead(phases: frozenset[Phase], act: str, to: Phase) -> dict[tuple[Phase, str], Phase]:
    return {(phase, act): to for phase in phases}


OPEN = BEFORE_DOSE | DOSED
DRAWN_WITH = {"medicine_effect_noted": "medicine_given"}
"""An act that every protocol has which draws the other: so that one opened with earlier content goes on."""
OF_WATCHING = ("handed_over", "watch_offered", "watch_lost", "watch_found")
"""Who watches, in every phase of an open session. A protocol that draws the first has them all."""
UNDECIDED = frozenset({Phase.CHECKING, Phase.HELD, Phase.READY})

_ALLOWED: dict[tuple[Phase, str], Phase] = {
    (Phase.UNOPENED, "opened"): Phase.CHECKING,
    **_stay(OPEN | FINAL, *ALWAYS),
    **_stay(OPEN, *OF_WATCHING),
    **_stay(UNDECIDED, "identity_confirmed", "order_bound", "override_recorded"),
    **_stay(frozenset({Phase.CHECKING, Phase.HELD}), "check_answered"),
    (Phase.READY, "check_answered"): Phase.CHECKING,
    **_lead(UNDECIDED, "go_decided_go", Phase.READY),
    **_lead(UNDECIDED, "go_decided_hold", Phase.HELD),
    **_lead(UNDECIDED, "go_decided_stop", Phase.NOT_TODAY),
    (Phase.READY, "infusion_started"): Phase.INFUSING,
    (Phase.INFUSING, "rate_changed"): Phase.INFUSING,
    (Phase.INFUSING, "infusion_paused"): Phase.PAUSED,
    (Phase.INFUSING, "infusion_stopped"): Phase.OBSERVING,
    (Phase.INFUSING, "infusion_completed"): Phase.OBSERVING,
    (Phase.PAUSED, "infusion_resumed"): Phase.INFUSING,
    (Phase.PAUSED, "infusion_stopped"): Phase.OBSERVING,
    **{(Phase.READY, act): Phase.OBSERVING for act in _PORTIONS},
    **{(Phase.DOSING, act): Phase.OBSERVING for act in _PORTIONS},
    **{(Phase.READY, f"{act}{OF_SEVERAL}"): Phase.DOSING for act in _PORTIONS},
    **{(Phase.DOSING, f"{act}{OF_SEVERAL}"): Phase.DOSING for act in _PORTIONS},
    (Phase.DOSING, "dosing_stopped"): Phase.OBSERVING,
    (Phase.READY, "lozenge_taken"): Phase.HOLDING,
    (Phase.HOLDING, "mouth_emptied"): Phase.OBSERVING,
    **_stay(frozenset({Phase.OBSERVING}), "release_criterion_recorded", "override_recorded"),
    (Phase.OBSERVING, "released"): Phase.RELEASED,
    (Phase.OBSERVING, "left_against_advice"): Phase.LEFT,
    **_lead(OPEN - {Phase.INFUSING}, "transferred", Phase.TRANSFERRED),
    **_lead(BEFORE_DOSE, "cancelled", Phase.CANCELLED),
}

TRANSITIONS: dict[tuple[Phase, str], Phase | None] = {
    (phase, act): _ALLOWED.get((phase, act)) for phase in Phase for act in ACTS
}
"""Every phase with every act: the phase it leads to, or None where it is refused."""


def after(phase: Phase, act: str) -> Phase:
    """Return the phase that follows, or refuse, naming the present phase and those that open the act.

    Raises
    ------
    NotAllowed
    """
    following = TRANSITIONS[phase, act]
    if following is None:
        opens = " or ".join(_words(each) for each in opened_in(act))
        raise NotAllowed(f"{_words(act)} is not possible while {_words(phase)}; it opens when {opens}")
    return following


def is_possible(phase: Phase, act: str) -> bool:
    """Whether the table lets an act happen in a phase."""
    return TRANSITIONS[phase, act] is not None


def opened_in(act: str) -> tuple[Phase, ...]:
    """Return the phases in which an act is possible, in the order of a session."""
    return tuple(phase for phase in Phase if TRANSITIONS[phase, act] is not None)


def _words(name: str) -> str:
    return name.replace("_", " ")
