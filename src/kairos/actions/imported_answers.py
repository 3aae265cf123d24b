"""Answers that came with somebody else's questionnaire: kept as a response with its recomputed score."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairos.actions.score_record import score_row
from kairos.domain.instruments.scoring import Score
from kairos.store.ids import new_id
from kairos.store.repositories import questionnaires
from kairos.store.repositories.questionnaires import QuestionnaireResponse
from kairos.vocab.people import Scope

TIMEPOINT = "imported"


@dataclass(frozen=True, slots=True)
class IncomingAnswers:
    """The answers to one instrument out of one response, by our items; ``score`` None for a screener."""

    instrument: str
    version: str
    language: str
    answers: Mapping[str, int]
    answered_at: datetime
    score: Score | None = None


@dataclass(frozen=True, slots=True)
class AnswersOf:
    """Whose answers they are, who brought them in, and the entry of the record that holds them."""

    programme_id: UUID
    person_id: UUID
    by: UUID
    entry_id: UUID


def keep_imported_answers(scope: Scope, of: AnswersOf, incoming: Iterable[IncomingAnswers]) -> None:
    """Keep each instrument's answers as a response of its own; it counts while its entry does."""
    for one in incoming:
        response = QuestionnaireResponse(
            id=new_id(),
            programme_id=of.programme_id,
            person_id=of.person_id,
            instrument=one.instrument,
            version=one.version,
            language=one.language,
            answers=dict(one.answers),
            answered_at=one.answered_at,
            by=of.by,
            timepoint=TIMEPOINT,
            subject=of.entry_id,
        )
        scores = [] if one.score is None else [score_row(response, one.score)]
        questionnaires.add_response(scope, response, scores)
