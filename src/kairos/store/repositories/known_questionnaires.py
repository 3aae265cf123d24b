"""Other people's Questionnaires, kept so that later responses to them can be read."""

from dataclasses import dataclass
from uuid import UUID

from kairos.store.records.questionnaires import KnownQuestionnaire as KnownRecord
from kairos.store.repositories.rows import insert_many, to_columns, to_values
from kairos.store.scope import check_within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class KnownQuestionnaire:
    """One Questionnaire as it came. ``digest`` is ``keyed_digest`` of its bytes."""

    id: UUID
    programme_id: UUID
    digest: bytes
    url: str
    content: bytes
    by: UUID


def keep_questionnaire(scope: Scope, known: KnownQuestionnaire) -> bool:
    """Keep a Questionnaire once; false where its programme has the same bytes already."""
    check_within(scope, known.programme_id, scope.patient_id)
    return insert_many(KnownRecord, [to_columns(known)], skip_known=True) == 1


def known_questionnaires(scope: Scope, programme_id: UUID) -> tuple[KnownQuestionnaire, ...]:
    """Return every Questionnaire that a programme keeps, the newest first."""
    rows = KnownRecord.objects.filter(programme_id=programme_id, programme_id__in=scope.programme_ids)
    return to_values(KnownQuestionnaire, rows.order_by("-recorded_at", "-id"))
