"""A patient's journal. The database shows it to the patient alone, and a shared copy to those it is for.

What is kept is closed on the device; here it is closed once more under the person's key, so that forgetting a
person closes the journal too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.store.records.journal import JournalCopy as CopyRecord
from kairos.store.records.journal import JournalEntry as EntryRecord
from kairos.store.records.journal import JournalKey as KeyRecord
from kairos.store.records.journal import JournalShare as ShareRecord
from kairos.store.repositories.patient_rows import add, values_of
from kairos.store.scope import within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class JournalKey:
    """One way into a journal's key; ``words`` hold salt, nonce, box and repetitions."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    key: UUID
    way: str
    notice: str
    words: Mapping[str, Any]
    by: UUID
    true_at: datetime


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One version of an entry; ``words`` hold nonce and box as the device made them."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    entry: UUID
    version: int
    key: UUID
    words: Mapping[str, Any]
    by: UUID
    true_at: datetime


@dataclass(frozen=True, slots=True)
class JournalShare:
    """That an entry is shared from now on, or no longer; ``with_whom`` are ids of log-ins as texts."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    entry: UUID
    version: int
    state: str
    with_whom: tuple[str, ...]
    by: UUID
    true_at: datetime


@dataclass(frozen=True, slots=True)
class JournalCopy:
    """What readers of a shared entry read; ``words`` hold it."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    share_id: UUID
    words: Mapping[str, Any]


def add_key(scope: Scope, key: JournalKey) -> None:
    """Keep one way into a journal's key."""
    add(KeyRecord, scope, key)


def keys_of(scope: Scope, person_id: UUID) -> tuple[JournalKey, ...]:
    """Return every way into the person's journal, the oldest first."""
    rows = within(KeyRecord.objects.filter(person_id=person_id), scope)
    return values_of(JournalKey, rows.order_by("recorded_at", "id"))


def add_entry(scope: Scope, entry: JournalEntry) -> None:
    """Keep one version of an entry."""
    add(EntryRecord, scope, entry)


def versions_of(scope: Scope, entry_id: UUID) -> int:
    """Return how many versions of an entry are kept, without opening any."""
    return within(EntryRecord.objects.filter(entry=entry_id), scope).count()


def entries_of(scope: Scope, person_id: UUID) -> tuple[JournalEntry, ...]:
    """Return all versions of all entries, in the order in which they arrived."""
    rows = within(EntryRecord.objects.filter(person_id=person_id), scope)
    return values_of(JournalEntry, rows.order_by("recorded_at", "id"))


def add_share(scope: Scope, share: JournalShare) -> None:
    """Keep that an entry is shared from now on, or no longer."""
    add(ShareRecord, scope, share, with_whom=list(share.with_whom))


def shares_of(scope: Scope, person_id: UUID) -> tuple[JournalShare, ...]:
    """Return what was shared and ended, the oldest first; to a reader only what was shared with them."""
    rows = within(ShareRecord.objects.filter(person_id=person_id), scope)
    return values_of(JournalShare, rows.order_by("recorded_at", "id"))


def add_copy(scope: Scope, copy: JournalCopy) -> None:
    """Keep the words of a share, until it ends."""
    add(CopyRecord, scope, copy)


def delete_copies(scope: Scope, entry_id: UUID) -> int:
    """Delete the words of every share of an entry, and return how many there were."""
    return within(CopyRecord.objects.filter(share__entry=entry_id), scope).delete()[0]


def copies_of(scope: Scope, person_id: UUID) -> tuple[JournalCopy, ...]:
    """Return the words shared now; to a reader only those shared with them."""
    return values_of(JournalCopy, within(CopyRecord.objects.filter(person_id=person_id), scope))
