"""Whose word a medicine may be given on."""

from uuid import UUID

from kairos.store.repositories import account_keeping
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import GRANTS, Permission, Role, Scope


def check_may_prescribe(scope: Scope, user_id: UUID | None, *, programme_id: UUID, field: str) -> None:
    """Refuse a medicine on the word of somebody who may not prescribe in the programme.

    Parameters
    ----------
    field : str    the field that named them, for the form

    Raises
    ------
    InvalidInput
    """
    roles = {
        Role(held.role)
        for held in account_keeping.staff_memberships(scope)
        if held.user_id == user_id and held.programme_id == programme_id
    }
    if roles.isdisjoint(GRANTS[Permission.PLACE_ORDER]):
        holders = ", ".join(sorted(role.replace("_", " ") for role in GRANTS[Permission.PLACE_ORDER]))
        raise InvalidInput(Problem(field, f"only a prescriber's word counts ({holders}); choose one of them"))
