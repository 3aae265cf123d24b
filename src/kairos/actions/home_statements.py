"""What actions share about sessions at home: the switch, and what was stated of a home."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.domain.protocols.at_home import HomeStatement, StatementKind, check_home_ready
from kairos.domain.protocols.home_route import SwitchStatement, check_is_on
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.rules.target import Setting
from kairos.store.ids import new_id
from kairos.store.repositories import alarms, home
from kairos.store.repositories.home import KeptStatement
from kairos.store.streams import Stream
from kairos.vocab.people import Actor, Scope

PLAN_ITEM = "emergency_plan"
VERIFIED, NOT_VERIFIED = "verified", "not_verified"


def newest_switch(scope: Scope, programme_id: UUID) -> SwitchStatement | None:
    """Return how the switch of a programme stands; None where nobody ever touched it."""
    return next((each.statement for each in home.switches_of(scope, programme_id)), None)


def check_switched_on(scope: Scope, programme_id: UUID, protocol: TreatmentProtocol) -> None:
    """Refuse a protocol of the home where the programme has not switched it on. Raises NotAllowed."""
    if protocol.setting == Setting.HOME:
        check_is_on(newest_switch(scope, programme_id))


def stated(scope: Scope, person_id: UUID) -> tuple[HomeStatement, ...]:
    """Return what was stated about a person's home, in the order it was recorded."""
    return tuple(each.statement for each in home.statements_of(scope, person_id))


def check_home_of(scope: Scope, stream: Stream, *, now: datetime) -> None:
    """Refuse a dose at home where support person or emergency plan are not in order. Raises NotAllowed."""
    planned = UUID(alarms.find_summary(scope, stream.id).details["planned"])
    check_home_ready(stated(scope, stream.person_id), session=planned, now=now)


def state(
    kind: StatementKind,
    subject: UUID,
    *,
    programme_id: UUID,
    person_id: UUID,
    by: Actor,
    now: datetime,
    session: UUID | None = None,
    until: datetime | None = None,
    details: Mapping[str, Any] | None = None,
    words: Mapping[str, Any] | None = None,
) -> KeptStatement:
    """Keep one statement about a person's home, and return it."""
    kept = KeptStatement(
        id=new_id(),
        programme_id=programme_id,
        person_id=person_id,
        kind=kind.value,
        subject=subject,
        by=by.id,
        true_at=now,
        session=session,
        until=until,
        details=details or {},
        words=words or {},
    )
    home.add_statement(by.scope, kept)
    return kept
