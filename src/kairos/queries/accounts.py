"""Who is acting: the actor behind a log-in, and our own processes."""

from uuid import UUID

from kairos.store.repositories import accounts, organisations
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Role, Scope

JOBS_ID = UUID(int=1)
"""The id under which our own processes act."""


def actor_for(user_id: UUID) -> Actor:
    """Return the actor a log-in is: roles and scope from its memberships in force.

    Raises
    ------
    NotAllowed    no membership is in force
    Missing       there is no such log-in
    """
    account, memberships = accounts.account_with_memberships(user_id)
    if not memberships:
        raise NotAllowed(
            "this log-in has no role in any programme, or its licence has expired; ask your programme lead"
        )
    organisation_id = memberships[0].organisation_id
    ours = [m for m in memberships if m.organisation_id == organisation_id]
    programmes = frozenset(m.programme_id for m in ours if m.programme_id is not None)
    patient_id = next((m.person_id for m in ours if m.person_id is not None), None)
    return Actor(
        id=user_id,
        roles=frozenset(Role(m.role) for m in ours),
        scope=Scope(organisation_id, programmes, patient_id),
        name=account.display_name or account.username,
    )


def sites_of(user_id: UUID) -> frozenset[UUID]:
    """Return the sites a log-in's memberships name; none means all sites of its programmes."""
    return frozenset(m.site_id for m in accounts.memberships_of(user_id) if m.site_id is not None)


def has_second_factor(user_id: UUID) -> bool:
    """Whether a log-in has a passkey or an authenticator app."""
    return accounts.has_second_factor(user_id)


def installation_actor() -> Actor:
    """Return our own processes acting for the whole installation, also before there is an organisation."""
    nowhere = Actor(JOBS_ID, frozenset(), Scope(UUID(int=0)), name="Kairos", is_system=True)
    return next(iter(system_actors()), nowhere)


def system_actors() -> tuple[Actor, ...]:
    """Return our own processes as actors, one for each organisation, over all its programmes."""
    return tuple(
        Actor(
            id=JOBS_ID,
            roles=frozenset(),
            scope=Scope(organisation.id, accounts.programmes_of(organisation.id)),
            name="Kairos",
            is_system=True,
        )
        for organisation in organisations.list_organisations()
    )
