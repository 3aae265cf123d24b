"""Record that one item of a programme's readiness was looked at, with the file that shows it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.programmes import check_ours
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.readiness import ItemState, Stated, check_stated
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import files, readiness
from kairos.vocab.errors import InvalidInput, Missing, Problem
from kairos.vocab.people import Actor, Permission

MEDIA = ("application/pdf", "image/png", "image/jpeg", "text/plain")
MOST_MIB = 10
_MIB = 2**20


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that shows how it is."""

    name: str
    media_type: str
    content: bytes


@command("check_readiness_item", Permission.KEEP_READINESS)
def check_readiness_item(
    *,
    programme_id: UUID,
    item: str,
    state: ItemState,
    until: date | None,
    evidence: Evidence | None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep what was found; the newest holds, the earlier ones and their files stay.

    Raises
    ------
    InvalidInput    no file, one of another kind or too large, or a day out of reach
    Missing         no such programme or item
    """
    check_ours(by.scope, programme_id)
    content, today = content_of(by.scope, programme_id), now.astimezone(UTC).date()
    if item not in {each.id for each in content.release.standards.readiness}:
        raise Missing(f"{item} is no item of the readiness list")
    said = Stated(state, until, evidence is not None)
    check_stated(said, today=today, limits=LimitsInForce(content.parameters, today))
    evidence_id = _keep(evidence, programme_id, by) if evidence is not None else None
    kept = readiness.KeptStatement(new_id(), programme_id, item, state.value, until, evidence_id, by.id, now)
    readiness.add_statements(by.scope, [kept])
    told = {"item": item, "state": state.value, "until": until.isoformat() if until else ""}
    note = AuditNote(f"programme:{programme_id}", programme_id, why=item, details=told)
    return kept.id, note


def _keep(evidence: Evidence, programme_id: UUID, by: Actor) -> UUID:
    if evidence.media_type not in MEDIA:
        raise InvalidInput(Problem("evidence", "must be a PDF, a PNG or JPEG picture, or plain text"))
    if not 0 < len(evidence.content) <= MOST_MIB * _MIB:
        raise InvalidInput(Problem("evidence", f"must be a file of up to {MOST_MIB} MiB that is not empty"))
    told = (evidence.name, evidence.media_type, evidence.content, by.id)
    file = files.StoredFile(new_id(), programme_id, *told)
    files.keep_file(by.scope, file)
    return file.id
