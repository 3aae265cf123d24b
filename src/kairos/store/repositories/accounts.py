"""Log-ins, their memberships, and the actor they make."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.contrib.auth.hashers import make_password

from kairos.store.ids import new_id
from kairos.store.records.accounts import Membership as MembershipRecord
from kairos.store.records.accounts import User as UserRecord
from kairos.store.records.organisations import Programme as ProgrammeRecord
from kairos.store.repositories.credentials import in_licence
from kairos.store.repositories.rows import to_columns, to_value, to_values
from kairos.store.scope import as_user, check_within, the_only
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Role, Scope


@dataclass(frozen=True, slots=True)
class Membership:
    """One role of one log-in. Without a programme it is the organisation's (administrators)."""

    id: UUID
    user_id: UUID
    organisation_id: UUID
    role: str
    programme_id: UUID | None = None
    site_id: UUID | None = None
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """A log-in as other people see it."""

    id: UUID
    username: str
    display_name: str
    language: str
    is_active: bool
    is_demo: bool


def add_account(scope: Scope, account: Account, password: str | None) -> None:
    """Add a log-in; it can do nothing until it has a membership."""
    UserRecord.objects.create_user(password=password, **to_columns(account))


@cache
def _hash_once(open_password: str) -> str:
    return make_password(open_password)


def add_demo_account(account: Account, open_password: str) -> None:
    """Add a log-in whose password everybody may know: hashed once for all of them, since hashing is slow."""
    UserRecord.objects.create(password=_hash_once(open_password), **to_columns(account))


def find_account(user_id: UUID) -> Account:
    """Return a log-in.

    Raises
    ------
    Missing
    """
    return to_value(Account, the_only(UserRecord.objects.filter(id=user_id), "this log-in"))


def set_language(user_id: UUID, language: str) -> None:
    """Keep the language that the owner of a log-in chose."""
    UserRecord.objects.filter(id=user_id).update(language=language)


def names_of(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the shown names of these log-ins, by id, in one query."""
    return {row.id: row.get_full_name() for row in UserRecord.objects.filter(id__in=set(user_ids))}


def give_role(scope: Scope, membership: Membership) -> None:
    """Give a log-in a role within the scope."""
    if membership.programme_id is not None:
        check_within(scope, membership.programme_id, scope.patient_id)
    if membership.organisation_id != scope.organisation_id:
        raise NotAllowed("a role is given within one's own organisation")
    MembershipRecord.objects.create(**to_columns(membership))


def memberships_of(user_id: UUID) -> tuple[Membership, ...]:
    """Return the memberships in force of one log-in, before any scope is known."""
    with as_user(user_id):
        rows = MembershipRecord.objects.filter(user_id=user_id, ended_at__isnull=True, user__is_active=True)
        return to_values(Membership, in_licence(rows).order_by("recorded_at", "id"))


def account_with_memberships(user_id: UUID) -> tuple[Account, tuple[Membership, ...]]:
    """Return a log-in with its memberships in force, asked for together.

    Raises
    ------
    Missing    there is no such log-in
    """
    with as_user(user_id):
        rows = MembershipRecord.objects.filter(user_id=user_id, ended_at__isnull=True, user__is_active=True)
        found = list(in_licence(rows).select_related("user").order_by("recorded_at", "id"))
    if not found:
        return find_account(user_id), ()
    return to_value(Account, found[0].user), to_values(Membership, found)


def has_second_factor(user_id: UUID) -> bool:
    """Whether a log-in has a passkey or an authenticator app; recovery codes alone are none."""
    from allauth.mfa.models import Authenticator

    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user_id=user_id, type__in=kinds).exists()


def close_accounts_of(scope: Scope, person_id: UUID, *, now: datetime) -> int:
    """End the roles of a person's log-ins, empty them of names and return how many there were."""
    from allauth.account.models import EmailAddress
    from allauth.mfa.models import Authenticator

    rows = MembershipRecord.objects.filter(person_id=person_id, organisation_id=scope.organisation_id)
    users = list(UserRecord.objects.filter(id__in=rows.values("user_id")))
    rows.filter(ended_at__isnull=True).update(ended_at=now)
    for user in users:
        user.username, user.display_name, user.email, user.is_active = f"erased-{user.id}", "", "", False
        user.set_unusable_password()
        user.save()
    EmailAddress.objects.filter(user__in=users).delete()
    Authenticator.objects.filter(user__in=users).delete()
    return len(users)


def programmes_of(organisation_id: UUID) -> frozenset[UUID]:
    """Return the ids of an organisation's programmes."""
    return frozenset(
        ProgrammeRecord.objects.filter(organisation_id=organisation_id).values_list("id", flat=True)
    )


def new_membership(user_id: UUID, scope: Scope, role: Role, programme_id: UUID | None) -> Membership:
    """Return a membership with a fresh id, not yet kept."""
    return Membership(new_id(), user_id, scope.organisation_id, role.value, programme_id)
