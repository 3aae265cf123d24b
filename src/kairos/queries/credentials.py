"""The licences of the staff: each role that has one, when somebody looked, and whether it holds."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from kairos.domain.protocols.credentials import LICENSED, credential_standing
from kairos.queries.reading import reading
from kairos.store.repositories import account_keeping, accounts, credentials, organisations
from kairos.store.repositories.credentials import KeptCredential
from kairos.vocab.people import Actor, Permission, Role
from kairos.vocab.verdict import Verdict


@dataclass(frozen=True, slots=True)
class LicenceRow:
    """One role of one person of the staff; ``kept`` is None where nobody looked yet."""

    programme_id: UUID
    programme: str
    user_id: UUID
    name: str
    role: Role
    kept: KeptCredential | None
    checked_by: str
    standing: Verdict


@reading(Permission.SEE_PROGRAMME)
def licences(*, by: Actor, now: datetime) -> tuple[LicenceRow, ...]:
    """Return every role of the reader's programmes that has a licence, those that do not hold first."""
    today = now.astimezone(UTC).date()
    held = account_keeping.staff_memberships(by.scope)
    rows = []
    for programme in organisations.list_programmes(by.scope):
        kept = credentials.credentials_of(by.scope, programme.id)
        ours = [m for m in held if m.programme_id == programme.id and m.role in LICENSED]
        names = accounts.names_of({m.user_id for m in ours} | {each.by for each in kept.values()})
        for m in ours:
            newest = kept.get((m.user_id, m.role))
            standing = credential_standing(newest.found.until if newest else None, today=today)
            looked = names.get(newest.by, "") if newest else ""
            told = (m.user_id, names.get(m.user_id, ""), Role(m.role), newest, looked, standing)
            rows.append(LicenceRow(programme.id, programme.name, *told))
    order = [Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.MET]
    return tuple(sorted(rows, key=lambda row: (order.index(row.standing), row.name, row.role)))
