"""What the actions about a journal share: whose it is, its keys, and how sharing ends."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kairos.actions.consents import programme_of
from kairos.domain.integration.journal import NOTICE, ShareState, WayIn, Wrapped, check_wrapped
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.ids import new_id
from kairos.store.repositories import account_keeping, journal
from kairos.store.repositories.journal import JournalKey, JournalShare
from kairos.vocab.errors import InvalidInput, Missing, Problem
from kairos.vocab.people import GRANTS, Actor, Permission, Role, Scope

JOURNAL = "journal"
"""The topic that screens listen to."""


def whose(by: Actor) -> tuple[UUID, UUID]:
    """Return the programme and the person of a patient's log-in. Raises Missing."""
    if by.scope.patient_id is None:
        raise Missing("you have no record of your own here")
    return programme_of(by.scope, by.scope.patient_id), by.scope.patient_id


def team_of(scope: Scope) -> set[UUID]:
    """Return the log-ins of those who may read what a patient shares: whoever may open the chart."""
    return {
        held.user_id
        for held in account_keeping.staff_memberships(scope)
        if held.programme_id in scope.programme_ids and Role(held.role) in GRANTS[Permission.SEE_CHART]
    }


def keep_way(key: UUID, way: WayIn, wrapped: Wrapped, *, by: Actor, now: datetime) -> None:
    """Keep one way into a journal's key. Raises InvalidInput."""
    check_wrapped(wrapped)
    programme_id, person_id = whose(by)
    kept = (new_id(), programme_id, person_id, key, way.value, NOTICE, asdict(wrapped), by.id, now)
    journal.add_key(by.scope, JournalKey(*kept))


def check_key(scope: Scope, person_id: UUID, key: UUID) -> None:
    """Refuse what is closed under a key that nobody could open again: one of which no way in is kept.

    Raises
    ------
    InvalidInput
    """
    if key not in {each.key for each in journal.keys_of(scope, person_id)}:
        raise InvalidInput(Problem("key", "this journal has no such key; load the page again"))


def end_shares(entry_id: UUID, *, by: Actor, now: datetime) -> JournalShare | None:
    """Delete the words of an entry that is shared, keep that this ended, and return what was shared."""
    shares = [each for each in journal.shares_of(by.scope, whose(by)[1]) if each.entry == entry_id]
    if not shares or shares[-1].state != ShareState.SHARED:
        return None
    journal.delete_copies(by.scope, entry_id)
    say_of_share(shares[-1], ShareState.ENDED, shares[-1].with_whom, by=by, now=now)
    return shares[-1]


def say_of_share(
    of: JournalShare, state: ShareState, with_whom: Iterable[str], *, by: Actor, now: datetime
) -> UUID:
    """Keep that an entry is shared from now on, or no longer, and tell the screens of who reads it."""
    told = (of.entry, of.version, state.value, tuple(with_whom), by.id, now)
    said = JournalShare(new_id(), of.programme_id, of.person_id, *told)
    journal.add_share(by.scope, said)
    notify.changed(programme_id=of.programme_id, topic=JOURNAL, subject=of.person_id)
    return said.id


def note_of(by: Actor, subject: UUID, why: str) -> AuditNote:
    """Return what the audit keeps: ids and a code."""
    programme_id, person_id = whose(by)
    return AuditNote(f"journal:{subject}", programme_id=programme_id, person_id=person_id, why=why)
