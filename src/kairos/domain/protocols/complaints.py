"""A complaint reaches somebody who does not treat whoever makes it, or it says that there is nobody."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Role

TREATING = frozenset(
    {
        *(Role.CLINICIAN, Role.MEDICAL_DIRECTOR, Role.NURSE, Role.PHARMACIST),
        *(Role.THERAPIST, Role.COACH, Role.COORDINATOR),
    }
)
"""Whoever has one of these roles in the programme may treat its patients, and so is not outside."""

ANSWERING = (Role.PROGRAMME_LEAD, Role.AUDITOR)
"""Who answers a complaint, where nobody is named or the named person treats: in this order."""


def answerers(
    roles: Mapping[UUID, Collection[Role]], *, named: UUID | None, acted: Collection[UUID]
) -> tuple[UUID, ...]:
    """Return who may answer a complaint, the first choice first; empty where nobody is outside.

    Parameters
    ----------
    roles : mapping       the roles that each log-in holds in the programme
    named : UUID          whom the programme named; None where nobody
    acted : collection    everybody who has had a part in this person's treatment
    """
    outside = {
        user_id: held
        for user_id, held in roles.items()
        if TREATING.isdisjoint(held) and user_id not in acted and not set(ANSWERING).isdisjoint(held)
    }
    return tuple(sorted(outside, key=lambda user_id: (user_id != named, _place(outside[user_id]), user_id)))


def _place(held: Collection[Role]) -> int:
    return min(ANSWERING.index(role) for role in ANSWERING if role in held)


def check_words(words: str, *, asked: str) -> str:
    """Return what was written.

    Raises
    ------
    InvalidInput    nothing was written
    """
    if not words.strip():
        raise InvalidInput(Problem("words", asked))
    return words.strip()


def newest_named(named: Sequence[UUID]) -> UUID | None:
    """Return whom the programme named last."""
    return named[-1] if named else None
