"""Answers that came with somebody else's questionnaire: kept with their recomputed score; safety first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.safety_tasks import open_safety_tasks
from kairos.actions.score_record import score_row
from kairos.content.release import load_release
from kairos.domain.instruments.asking import Asking
from kairos.domain.instruments.library import cssrs_screener
from kairos.domain.instruments.safety import SafetyResponse, safety_of_answer, safety_of_tier
from kairos.domain.instruments.scoring import Score
from kairos.store.ids import new_id
from kairos.store.repositories import questionnaires
from kairos.store.repositories.questionnaires import IMPORTED, QuestionnaireResponse
from kairos.vocab.people import Scope
from kairos.vocab.quantities import DAY

_STILL_ACUTE = "eligibility.acute_answer_max_age"


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
    """Whose answers they are, who brought them in and when, and the entry of the record that holds them."""

    programme_id: UUID
    person_id: UUID
    by: UUID
    now: datetime
    entry_id: UUID


def keep_imported_answers(scope: Scope, of: AnswersOf, incoming: Iterable[IncomingAnswers]) -> int:
    """Keep each instrument's answers as a response of its own, and return how many safety tasks they start.

    A response counts while its entry does. Only answers that are still acute start tasks: an old one is
    for the screening to weigh.
    """
    started = 0
    for one in incoming:
        known = _answered_yes_before(scope, of.person_id, one.instrument)
        response = _response(of, one)
        scores = [] if one.score is None else [score_row(response, one.score)]
        questionnaires.add_response(scope, response, scores)
        reached = tuple(_reached(response, known))
        if reached and of.now - one.answered_at <= _acute_for(scope, of):
            started += sum(_start(scope, of, response, each) for each in reached)
    return started


def _response(of: AnswersOf, one: IncomingAnswers) -> QuestionnaireResponse:
    return QuestionnaireResponse(
        id=new_id(),
        programme_id=of.programme_id,
        person_id=of.person_id,
        instrument=one.instrument,
        version=one.version,
        language=one.language,
        answers=dict(one.answers),
        answered_at=one.answered_at,
        by=of.by,
        timepoint=IMPORTED,
        subject=of.entry_id,
    )


def _acute_for(scope: Scope, of: AnswersOf) -> timedelta:
    parameters = content_of(scope, of.programme_id).parameters
    return timedelta(days=parameters.quantity(_STILL_ACUTE, on=of.now.date()).value_in(DAY))


def _answered_yes_before(scope: Scope, person_id: UUID, instrument: str) -> frozenset[str]:
    if instrument != cssrs_screener.ID:
        return frozenset()
    before = questionnaires.responses_of(scope, person_id, instrument=instrument)
    return frozenset(
        item for held in before for item, value in held.answers.items() if value == cssrs_screener.YES
    )


def _reached(response: QuestionnaireResponse, known: frozenset[str]) -> Iterator[SafetyResponse]:
    """Yield what the answers start: by each answer, or by the tier that a screener reaches."""
    instrument = load_release().instruments[response.instrument]
    told = f"response:{response.id}"
    if instrument.id == cssrs_screener.ID:
        result = cssrs_screener.assess(
            response.answers, instrument=instrument, finished=True, known_before=known
        )
        found = [safety_of_tier(result.new_tier, fact=told)] if result.new_tier else []
    else:
        found = [
            safety_of_answer(instrument, item, value, fact=told) for item, value in response.answers.items()
        ]
    yield from (one for one in found if one is not None)


def _start(scope: Scope, of: AnswersOf, response: QuestionnaireResponse, reached: SafetyResponse) -> int:
    asking = Asking(of.entry_id, IMPORTED, (response.instrument,))
    return open_safety_tasks(
        scope,
        reached,
        programme_id=of.programme_id,
        person_id=of.person_id,
        subject=asking.request_id(response.instrument),
        now=of.now,
        details={"instrument": response.instrument, "version": response.version},
    )
