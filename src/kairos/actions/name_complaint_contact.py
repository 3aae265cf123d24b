"""Name who answers complaints in a programme: somebody who does not treat its patients."""

from datetime import datetime
from uuid import UUID

from kairos.domain.protocols.complaints import answerers
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import account_keeping, accounts, complaints
from kairos.store.scope import scoped
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.people import Actor, Permission, Role, Scope


@command("name_complaint_contact", Permission.MANAGE_ACCOUNTS)
def name_complaint_contact(
    *, programme_id: UUID, user_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep whom a programme names; the newest holds, and complaints that wait for somebody reach them.

    Raises
    ------
    NotAllowed    they treat patients of this programme, or hold no role that answers complaints
    Missing       the programme is not of this organisation
    """
    if programme_id not in accounts.programmes_of(by.scope.organisation_id):
        raise Missing("there is no such programme in this organisation")
    held = {
        Role(each.role)
        for each in account_keeping.staff_memberships(by.scope)
        if each.user_id == user_id and each.programme_id == programme_id
    }
    if not answerers({user_id: held}, named=None, acted=()):
        raise NotAllowed(
            "name a programme lead or an auditor of this programme who treats none of its patients"
        )
    contact = complaints.Contact(new_id(), programme_id, user_id, by.id, now)
    within = Scope(by.scope.organisation_id, frozenset({programme_id}))
    with scoped(within):
        complaints.name_contact(within, contact)
    return contact.id, AuditNote(f"user:{user_id}", programme_id=programme_id, why="complaints")
