"""What the actions about complaints share: who is outside the treating team, and the watch over the answer.

A complaint is read as somebody: the database shows it to the patient who made it, to those named as its
readers, and to our own processes, and to nobody else (``store/migrations``).
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from kairos.domain.protocols.complaints import answerers, newest_named
from kairos.store import notify
from kairos.store.ids import new_id
from kairos.store.repositories import account_keeping, complaints, courses, deadlines, orders, therapy
from kairos.store.repositories.complaints import Complaint, Contact, Reader
from kairos.store.repositories.deadlines import Deadline
from kairos.store.scope import scoped
from kairos.vocab.people import Role, Scope

COMPLAINTS = "complaints"
"""The topic that screens listen to."""
LATE = "complaint_late"
UNREAD = "complaint_unread"


def outside_of(scope: Scope, programme_id: UUID, person_id: UUID) -> tuple[UUID, ...]:
    """Return who may answer a complaint of this person, the first choice first."""
    roles: dict[UUID, set[Role]] = {}
    for held in account_keeping.staff_memberships(scope):
        if held.programme_id == programme_id:
            roles.setdefault(held.user_id, set()).add(Role(held.role))
    said = complaints.contacts_of(scope, programme_id)
    named = newest_named([each.user_id for each in said if each.user_id])
    active = {account.id for account in account_keeping.staff_accounts(scope) if account.is_active}
    working = {user_id: held for user_id, held in roles.items() if user_id in active}
    return answerers(working, named=named, acted=_acted(scope, person_id))


def _acted(scope: Scope, person_id: UUID) -> Collection[UUID]:
    """Return everybody who wrote in a session of the person, planned, ordered, or signed about them."""
    acted = complaints.wrote_in_sessions_of(scope, person_id) | therapy.signers_for(scope, person_id)
    for course in courses.courses_of(scope, person_id):
        acted.add(course.by)
        acted |= {placed.order.ordered_by for placed in orders.orders_of_course(scope, course.id)}
    return acted


def let_read(scope: Scope, complaint: Complaint, user_id: UUID, *, why: str) -> None:
    """Let somebody read a complaint from now on, and tell their screens."""
    about = (new_id(), complaint.programme_id, complaint.person_id, complaint.id, user_id, why)
    complaints.add_reader(scope, Reader(*about))
    notify.changed(programme_id=complaint.programme_id, topic=COMPLAINTS, subject=user_id)


def note_nobody_outside(scope: Scope, programme_id: UUID, *, now: datetime) -> None:
    """Keep that nobody was outside the team; the administrator is told until somebody is named."""
    within = _programme(scope, programme_id)
    with scoped(within):
        complaints.name_contact(within, Contact(new_id(), programme_id, None, None, now))


def watch_complaint(scope: Scope, complaint: Complaint, *, kind: str, at: datetime) -> None:
    """Have a complaint looked at again then. The deadline names no person: anybody of the team may see it."""
    within = _programme(scope, complaint.programme_id)
    with scoped(within):
        deadlines.set_deadline(within, Deadline(new_id(), complaint.programme_id, kind, complaint.id, at))


def _programme(scope: Scope, programme_id: UUID) -> Scope:
    """Return the programme itself: what is kept of it here names no person, and so is not of one."""
    return Scope(scope.organisation_id, frozenset({programme_id}))
