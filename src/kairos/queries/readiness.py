"""How the programmes stand: each item, who looked at it, until when, its file, and the score."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from kairos.domain.protocols.readiness import LIVE, Readiness, ReadinessItem
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, files, organisations, readiness
from kairos.store.repositories.files import StoredFile
from kairos.store.repositories.readiness import KeptStatement
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission, Scope


@dataclass(frozen=True, slots=True)
class ProgrammeReadiness:
    """One programme. ``names`` are of those who looked at something."""

    id: UUID
    name: str
    items: tuple[ReadinessItem, ...]
    kept: Mapping[str, KeptStatement]
    standing: Readiness
    names: Mapping[UUID, str]

    @property
    def live_since(self) -> KeptStatement | None:
        """When it went live, or ended to be; None where nobody said either."""
        return self.kept.get(LIVE)


@reading(Permission.SEE_PROGRAMME)
def readiness_page(*, by: Actor, now: datetime) -> tuple[ProgrammeReadiness, ...]:
    """Return how each programme of the reader stands today."""
    return tuple(_standing(by.scope, each, now) for each in organisations.list_programmes(by.scope))


def _standing(scope: Scope, programme: organisations.Programme, now: datetime) -> ProgrammeReadiness:
    items = content_of(scope, programme.id).release.standards.readiness
    kept = readiness.statements_of(scope, programme.id)
    return ProgrammeReadiness(
        id=programme.id,
        name=programme.name,
        items=items,
        kept=kept,
        standing=readiness.standing_of(scope, programme.id, items, now.astimezone(UTC).date()),
        names=accounts.names_of(each.by for each in kept.values()),
    )


@reading(Permission.SEE_PROGRAMME)
def evidence_file(*, programme_id: UUID, item: str, by: Actor) -> StoredFile:
    """Return the file that shows how an item stands.

    Raises
    ------
    Missing    nobody added one
    """
    kept = readiness.statements_of(by.scope, programme_id).get(item)
    if kept is None or kept.evidence_id is None:
        raise Missing("there is no file for this item")
    return files.open_file(by.scope, kept.evidence_id)
