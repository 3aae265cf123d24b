"""What a person would prefer, at home or in a clinic, and why: one voice among others, never the last."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kairos.vocab.errors import InvalidInput, Problem


class PreferredPlace(StrEnum):
    """Where somebody would rather have their sessions."""

    HOME = "home"
    CLINIC = "clinic"
    EITHER = "either"
    NOT_SURE = "not_sure"


@dataclass(frozen=True, slots=True)
class PlacePreference:
    """What was preferred, what matters (ids of the decision aid), and the person's own words."""

    place: PreferredPlace
    matters: tuple[str, ...]
    said: str
    at: datetime


def check_matters(matters: Collection[str], offered: Collection[str]) -> tuple[str, ...]:
    """Return what matters in the order it is offered, or refuse what is not offered. Raises InvalidInput."""
    strange = set(matters) - set(offered)
    if strange:
        raise InvalidInput(Problem("matters", f"not offered: {', '.join(sorted(strange))}"))
    return tuple(each for each in offered if each in matters)
