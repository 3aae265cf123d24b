"""Whether a programme holds sessions at home: off, until the medical director switches it on. Row X-03."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from kairos.vocab.errors import InvalidInput, NotAllowed, Problem

MEANINGS = ("watch", "rescue", "support", "agency", "responsible")
"""What the medical director says by switching it on; each is a text ``home.switch.<name>`` of the content."""


class SwitchState(StrEnum):
    """Which way it was switched."""

    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class SwitchStatement:
    """One act: which way, by whom, and the statements that were agreed to."""

    state: SwitchState
    by: UUID
    agreed: tuple[str, ...] = ()


def is_on(newest: SwitchStatement | None) -> bool:
    """Whether new sessions may be planned and opened at home; nothing on record is off."""
    return newest is not None and newest.state is SwitchState.ON


def check_switch(
    newest: SwitchStatement | None, state: SwitchState, agreed: Collection[str], phone: str
) -> None:
    """Refuse a switch that changes nothing, or one on without every statement agreed to and a telephone.

    Parameters
    ----------
    phone : str     where a person of the team answers while somebody is dosed at home

    Raises
    ------
    NotAllowed      it stands so already
    InvalidInput    each statement that was not agreed to, or no telephone
    """
    if is_on(newest) is (state is SwitchState.ON):
        raise NotAllowed(f"sessions at home are {state} already for this programme; nothing is changed")
    if state is SwitchState.OFF:
        return
    problems = [
        Problem(name, "is not agreed to; read it, then tick it") for name in MEANINGS if name not in agreed
    ]
    if not phone.strip():
        problems.append(Problem("phone", "is missing; enter where the team answers during sessions at home"))
    if problems:
        raise InvalidInput(*problems)


def check_is_on(newest: SwitchStatement | None) -> None:
    """Refuse a course or a session at home where it is not switched on.

    Raises
    ------
    NotAllowed
    """
    if not is_on(newest):
        raise NotAllowed("sessions at home are not switched on for this programme; plan them in the clinic")
