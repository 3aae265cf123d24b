"""Drafts of answers, sent responses, derived scores."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from kairos.store.records.originals import SupersededEntry
from kairos.store.records.questionnaires import QuestionnaireDraft as DraftRecord
from kairos.store.records.questionnaires import QuestionnaireResponse as ResponseRecord
from kairos.store.records.questionnaires import Score as ScoreRecord
from kairos.store.repositories.patient_rows import add, value_of, values_of
from kairos.store.scope import check_within, the_only, within
from kairos.vocab.people import Scope

IMPORTED = "imported"
"""The time point of responses that came in with a record."""


@dataclass(frozen=True, slots=True)
class QuestionnaireDraft:
    """Answers given so far through one link; a draft is not a record. Answers are codes and numbers."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    link: UUID
    instrument: str
    version: str
    language: str
    changed_at: datetime
    answers: Mapping[str, Any] = field(default_factory=dict)
    submitted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QuestionnaireResponse:
    """Answers as they were sent; ``subject`` names what they belong to, such as a planned session."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    instrument: str
    version: str
    language: str
    answers: Mapping[str, Any]
    answered_at: datetime
    by: UUID
    timepoint: str = ""
    subject: UUID | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """A score derived from a response. ``value`` is none, and ``missing`` says why, where it cannot be."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    response_id: UUID
    instrument: str
    scale: str
    value: float | None
    scoring_version: str
    answered_at: datetime
    band: str = ""
    missing: tuple[str, ...] = ()


def save_answer(scope: Scope, draft: QuestionnaireDraft) -> QuestionnaireDraft:
    """Add the answers of ``draft`` to the open draft of its link, and return all answers so far."""
    check_within(scope, draft.programme_id, draft.person_id)
    rows = within(DraftRecord.objects.select_for_update().filter(link=draft.link), scope)
    row = rows.first()
    if row is None:
        add(DraftRecord, scope, draft, answers=dict(draft.answers))
        return draft
    row.answers, row.changed_at = {**row.answers, **draft.answers}, draft.changed_at
    row.save(update_fields=["answers", "changed_at"])
    return value_of(QuestionnaireDraft, row)


def find_draft(scope: Scope, link: UUID) -> QuestionnaireDraft | None:
    """Return the draft of a link, if there is one."""
    row = within(DraftRecord.objects.filter(link=link), scope).first()
    return value_of(QuestionnaireDraft, row) if row else None


def close_draft(scope: Scope, link: UUID) -> bool:
    """Note that a draft was sent; false where it was already."""
    rows = within(DraftRecord.objects.filter(link=link, submitted_at__isnull=True), scope)
    return rows.update(submitted_at=Now()) == 1


def add_response(scope: Scope, response: QuestionnaireResponse, scores: Iterable[Score]) -> None:
    """Keep a response with its scores."""
    add(ResponseRecord, scope, response, answers=dict(response.answers))
    for score in scores:
        add(ScoreRecord, scope, score, missing=list(score.missing))


def find_response(scope: Scope, response_id: UUID) -> QuestionnaireResponse:
    """Return a response.

    Raises
    ------
    Missing
    """
    rows = within(ResponseRecord.objects.filter(id=response_id), scope)
    return value_of(QuestionnaireResponse, the_only(rows, "the questionnaire"))


def responses_of(scope: Scope, person_id: UUID, *, instrument: str = "") -> tuple[QuestionnaireResponse, ...]:
    """Return the responses of a person that count, in order of answering; of one instrument, if named."""
    rows = within(_counting(ResponseRecord.objects.filter(person_id=person_id), "subject"), scope)
    rows = rows.filter(instrument=instrument) if instrument else rows
    return values_of(QuestionnaireResponse, rows.order_by("answered_at", "id"))


def scores_of(
    scope: Scope, person_id: UUID, *, instrument: str = "", with_imported: bool = False
) -> tuple[Score, ...]:
    """Return the scores of a person that count, in order of answering; of one instrument, if named.

    Those that came in with a record are left out unless asked for: a score of years ago, from elsewhere,
    is nobody's baseline here.
    """
    rows = _counting(ScoreRecord.objects.filter(person_id=person_id), "response__subject")
    rows = rows if with_imported else rows.exclude(response__timepoint=IMPORTED)
    rows = within(rows, scope)
    rows = rows.filter(instrument=instrument) if instrument else rows
    return values_of(Score, rows.order_by("answered_at", "id"))


def scores_of_programme(
    scope: Scope, programme_id: UUID, instrument: str
) -> tuple[tuple[UUID, datetime, float | None], ...]:
    """Return who, when and what, of every score of an instrument that counts; imported ones are left out."""
    rows = ScoreRecord.objects.filter(programme_id=programme_id, instrument=instrument)
    counted = _counting(rows, "response__subject").exclude(response__timepoint=IMPORTED)
    ordered = within(counted, scope).order_by("answered_at", "id")
    return tuple(ordered.values_list("person_id", "answered_at", "value"))


def _counting(rows: "QuerySet[Any]", subject: str) -> "QuerySet[Any]":
    """Leave out what came with an entry of a record that a newer version superseded."""
    return rows.exclude(Exists(SupersededEntry.objects.filter(entry_id=OuterRef(subject))))
