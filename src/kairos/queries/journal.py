"""A journal as its patient gets it, closed; and what of it is shared with whoever asks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.integration.journal import ShareState, WayIn
from kairos.queries.consents import own_person_id
from kairos.queries.reading import reading
from kairos.store.repositories import account_keeping, accounts, journal, people
from kairos.store.repositories.journal import JournalEntry, JournalKey, JournalShare
from kairos.store.repositories.site_clock import zone_for
from kairos.store.scope import scoped_as
from kairos.vocab.people import GRANTS, Actor, Permission, Role, Scope


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody of the team with whom an entry can be shared."""

    id: UUID
    name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class OwnJournal:
    """What a patient's device needs to open the journal; nothing of it can be read here."""

    person_id: UUID
    keys: tuple[JournalKey, ...]
    entries: tuple[JournalEntry, ...]
    shares: tuple[JournalShare, ...]
    team: tuple[Reader, ...]
    names: Mapping[UUID, str]
    zone: ZoneInfo

    @property
    def key(self) -> UUID | None:
        """The key that new entries are closed under; None before the journal is set up."""
        return self.keys[-1].key if self.keys else None

    def newest(self, count: int) -> "OwnJournal":
        """Return the same with all versions of the entries that were begun last, and no others."""
        begun = list(dict.fromkeys(each.entry for each in self.entries))[-count:]
        return replace(self, entries=tuple(each for each in self.entries if each.entry in begun))

    def ways(self) -> dict[UUID, dict[WayIn, JournalKey]]:
        """Return the way in that holds, by key and kind."""
        found: dict[UUID, dict[WayIn, JournalKey]] = {}
        for each in self.keys:
            found.setdefault(each.key, {})[WayIn(each.way)] = each
        return found

    def shared_now(self) -> dict[UUID, JournalShare]:
        """Return what is shared now, by entry."""
        newest = {each.entry: each for each in self.shares}
        return {entry: each for entry, each in newest.items() if each.state == ShareState.SHARED}


@dataclass(frozen=True, slots=True)
class SharedEntry:
    """An entry that somebody may read now."""

    words: str
    shared_at: datetime


@dataclass(frozen=True, slots=True)
class SharedJournal:
    """What a patient shares with whoever asks, and when something was taken back."""

    name: str
    entries: tuple[SharedEntry, ...]
    taken_back: tuple[tuple[datetime, datetime], ...]
    zone: ZoneInfo


@reading(Permission.SEE_OWN_RECORD)
def own_journal(*, by: Actor) -> OwnJournal:
    """Return one's own journal, closed. Raises Missing where the log-in is no patient's."""
    person_id = own_person_id(by)
    shares = journal.shares_of(by.scope, person_id)
    return OwnJournal(
        person_id=person_id,
        keys=journal.keys_of(by.scope, person_id),
        entries=journal.entries_of(by.scope, person_id),
        shares=shares,
        team=_team(by.scope),
        names=accounts.names_of({UUID(reader) for share in shares for reader in share.with_whom}),
        zone=zone_for(by.scope, person_id),
    )


@reading(Permission.SEE_CHART)
def shared_journal(*, person_id: UUID, by: Actor) -> SharedJournal:
    """Return what a patient shares with whoever asks, the newest first; what is not shared is not there.

    Raises
    ------
    Missing    there is no such person in the actor's programmes
    """
    person = people.find_person(by.scope, person_id)
    with scoped_as(by.scope, by.id):
        shares = journal.shares_of(by.scope, person_id)
        copies = {each.share_id: each for each in journal.copies_of(by.scope, person_id)}
    shown = [
        SharedEntry(str(copies[each.id].words["words"]), each.true_at)
        for each in reversed(shares)
        if each.id in copies
    ]
    return SharedJournal(
        name=person.identity.shown_name if person.identity else "",
        entries=tuple(shown),
        taken_back=_taken_back(shares),
        zone=zone_for(by.scope, person_id),
    )


def _taken_back(shares: tuple[JournalShare, ...]) -> tuple[tuple[datetime, datetime], ...]:
    begun: dict[UUID, datetime] = {}
    found = []
    for each in shares:
        if each.state == ShareState.SHARED:
            begun[each.entry] = each.true_at
        else:
            found.append((begun[each.entry], each.true_at))
    return tuple(reversed(found))


def _team(scope: Scope) -> tuple[Reader, ...]:
    held: dict[UUID, list[Role]] = {}
    for each in account_keeping.staff_memberships(scope):
        if each.programme_id in scope.programme_ids and Role(each.role) in GRANTS[Permission.SEE_CHART]:
            held.setdefault(each.user_id, []).append(Role(each.role))
    names = accounts.names_of(held)
    found = [Reader(user_id, names.get(user_id, ""), tuple(roles)) for user_id, roles in held.items()]
    return tuple(sorted(found, key=lambda each: each.name))
