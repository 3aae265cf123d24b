"""Intentions: read by their writer, and by others only while they are shared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.domain.integration.intention import Intention, IntentionPart
from kairos.store.records.preparation import Intention as IntentionRecord
from kairos.store.records.preparation import IntentionSharing as SharingRecord
from kairos.store.repositories.patient_rows import add, values_of
from kairos.store.scope import within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class IntentionText:
    """What was written of one session; ``words`` hold the text."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    dosing_id: UUID
    part: str
    words: Mapping[str, Any]
    true_at: datetime


@dataclass(frozen=True, slots=True)
class Sharing:
    """That an intention is shared from now on, or private."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    dosing_id: UUID
    is_shared: bool
    true_at: datetime


def write_intention(scope: Scope, text: IntentionText) -> None:
    """Keep what was written."""
    add(IntentionRecord, scope, text)


def say_of_sharing(scope: Scope, said: Sharing) -> None:
    """Keep whether it is shared."""
    add(SharingRecord, scope, said)


def intentions_of(scope: Scope, dosing_ids: Iterable[UUID]) -> dict[UUID, Intention]:
    """Return the intentions this scope may read, by dosing session.

    A scope of staff gets the shared ones; the database shows it no row of another, whatever is asked here.
    """
    wanted = list(dosing_ids)
    shared = _shared(scope, wanted)
    if scope.patient_id is None:
        wanted = [each for each in wanted if shared.get(each)]
    rows = within(IntentionRecord.objects.filter(dosing_id__in=wanted), scope)
    newest = {
        (text.dosing_id, text.part): text
        for text in values_of(IntentionText, rows.order_by("recorded_at", "id"))
    }
    return {
        each: Intention(
            before=_text(newest.get((each, IntentionPart.BEFORE.value))),
            after=_text(newest.get((each, IntentionPart.AFTER.value))),
            is_shared=shared.get(each, False),
            written_at=max(text.true_at for text in newest.values() if text.dosing_id == each),
        )
        for each in {text.dosing_id for text in newest.values()}
    }


def _shared(scope: Scope, dosing_ids: list[UUID]) -> dict[UUID, bool]:
    rows = within(SharingRecord.objects.filter(dosing_id__in=dosing_ids), scope)
    return dict(rows.order_by("recorded_at", "id").values_list("dosing_id", "is_shared"))


def _text(written: IntentionText | None) -> str:
    return str(written.words.get("text", "")) if written else ""
