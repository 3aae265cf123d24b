"""Sessions at home: a programme's switch, statements about a home, when a telephone was last heard."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.domain.protocols.at_home import HomeStatement as Statement
from kairos.domain.protocols.at_home import StatementKind
from kairos.domain.protocols.home_route import SwitchState, SwitchStatement
from kairos.store.records.home import HomeStatement as StatementRecord
from kairos.store.records.home import HomeSwitch as SwitchRecord
from kairos.store.records.home import PhoneContact as ContactRecord
from kairos.store.repositories.patient_rows import add, values_of
from kairos.store.repositories.rows import to_columns, to_values
from kairos.store.scope import check_within, within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class HomeSwitch:
    """One act of switching."""

    id: UUID
    programme_id: UUID
    state: str
    agreed: list[str]
    content_version: str
    by: UUID
    true_at: datetime
    phone: str = ""

    @property
    def statement(self) -> SwitchStatement:
        """The act itself."""
        return SwitchStatement(SwitchState(self.state), self.by, tuple(self.agreed))


@dataclass(frozen=True, slots=True)
class KeptStatement:
    """One statement as it is kept; ``words`` are under the person's key."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    kind: str
    subject: UUID
    by: UUID
    true_at: datetime
    session: UUID | None = None
    until: datetime | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)

    @property
    def statement(self) -> Statement:
        """The statement as the rules read it."""
        wrong = tuple(self.details.get("wrong", ()))
        kind = StatementKind(self.kind)
        return Statement(kind, self.subject, self.true_at, self.session, self.until, wrong)


@dataclass(frozen=True, slots=True)
class PhoneContact:
    """When the telephone that holds a link was last heard from."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    link: UUID
    session: UUID
    who: str
    seen_at: datetime


def add_switch(scope: Scope, switch: HomeSwitch) -> None:
    """Keep an act of switching."""
    check_within(scope, switch.programme_id, scope.patient_id)
    SwitchRecord.objects.create(**to_columns(switch))


def switches_of(scope: Scope, programme_id: UUID) -> tuple[HomeSwitch, ...]:
    """Return every act of switching of a programme, the newest first. It says nothing about anybody."""
    rows = SwitchRecord.objects.filter(programme=programme_id, programme_id__in=scope.programme_ids)
    return to_values(HomeSwitch, rows.order_by("-recorded_at", "-id"))


def add_statement(scope: Scope, statement: KeptStatement) -> None:
    """Keep a statement about a home."""
    add(StatementRecord, scope, statement, details=dict(statement.details))


def statements_of(scope: Scope, person_id: UUID) -> tuple[KeptStatement, ...]:
    """Return what was stated about one person's home, in the order it was recorded."""
    rows = within(StatementRecord.objects.filter(person_id=person_id), scope)
    return values_of(KeptStatement, rows.order_by("recorded_at", "id"))


def note_contact(scope: Scope, contact: PhoneContact) -> None:
    """Keep when a telephone was last heard from, in place of the time before."""
    check_within(scope, contact.programme_id, contact.person_id)
    columns = to_columns(contact, "id", "link")
    ContactRecord.objects.update_or_create(
        link=contact.link, defaults=columns, create_defaults=to_columns(contact)
    )


def contacts_of(scope: Scope, sessions: Iterable[UUID]) -> tuple[PhoneContact, ...]:
    """Return the telephones of sessions, by when they were last heard."""
    rows = within(ContactRecord.objects.filter(session__in=list(sessions)), scope)
    return to_values(PhoneContact, rows.order_by("seen_at"))
