"""The staff's log-ins as an administrator keeps them. Patients' log-ins name patients and are left out."""

from uuid import UUID

from kairos.store.records.accounts import Membership as MembershipRecord
from kairos.store.records.accounts import User as UserRecord
from kairos.store.records.organisations import Programme as ProgrammeRecord
from kairos.store.repositories.accounts import Account, Membership
from kairos.store.repositories.rows import to_values
from kairos.vocab.errors import Missing
from kairos.vocab.people import Scope


def staff_memberships(scope: Scope) -> tuple[Membership, ...]:
    """Return the memberships in force of the organisation's staff."""
    rows = MembershipRecord.objects.filter(
        organisation_id=scope.organisation_id, person__isnull=True, ended_at__isnull=True
    )
    return to_values(Membership, rows.order_by("recorded_at", "id"))


def staff_accounts(scope: Scope) -> tuple[Account, ...]:
    """Return the log-ins of the organisation's staff by name."""
    ids = {membership.user_id for membership in staff_memberships(scope)}
    return to_values(Account, UserRecord.objects.filter(id__in=ids).order_by("display_name", "username"))


def programme_names(scope: Scope) -> dict[UUID, str]:
    """Return the organisation's programmes by id; their names are no patient data."""
    rows = ProgrammeRecord.objects.filter(organisation_id=scope.organisation_id).order_by("name")
    return {row.id: row.name for row in rows}


def is_username_taken(username: str) -> bool:
    """Whether a log-in has this name, whatever its capitals."""
    return UserRecord.objects.filter(username__iexact=username).exists()


def check_is_staff(scope: Scope, user_id: UUID) -> None:
    """Refuse a log-in that is not of this organisation's staff.

    Raises
    ------
    Missing
    """
    if user_id not in {membership.user_id for membership in staff_memberships(scope)}:
        raise Missing("there is no such staff account in this organisation")


def set_active(scope: Scope, user_id: UUID, *, is_active: bool) -> None:
    """Open or close a staff log-in; closed, it ends at its next step."""
    check_is_staff(scope, user_id)
    UserRecord.objects.filter(id=user_id).update(is_active=is_active)
