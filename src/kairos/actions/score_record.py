"""Answers become a response, its score, facts that rules read, and a task where somebody got worse."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.safety_tasks import INBOX, watch_task
from kairos.domain.instruments.asking import Given, answered
from kairos.domain.instruments.library import phq9
from kairos.domain.instruments.questionnaire import Instrument
from kairos.domain.instruments.scorers import score_answers
from kairos.domain.instruments.scoring import Score
from kairos.domain.outcomes.change import deterioration
from kairos.domain.outcomes.definitions import definitions_for
from kairos.domain.outcomes.trajectory import TimedScore, trajectory
from kairos.domain.outcomes.worsening import task_for
from kairos.store import notify
from kairos.store.ids import new_id
from kairos.store.repositories import courses, facts, questionnaires, tasks
from kairos.store.repositories.questionnaires import QuestionnaireResponse
from kairos.vocab.codes import Code
from kairos.vocab.facts import Fact, FactKind, Origin, OriginKind
from kairos.vocab.people import Actor, Scope
from kairos.vocab.quantities import ONE, Quantity


@dataclass(frozen=True, slots=True)
class AskedOf:
    """Whose answers these are, and to which asking they belong."""

    programme_id: UUID
    person_id: UUID
    subject: UUID
    timepoint: str


@dataclass(frozen=True, slots=True)
class KeptScore:
    """The id of a response, and its questions without an answer."""

    response_id: UUID
    missing: tuple[str, ...]


def keep_response(
    asked_of: AskedOf, instrument: Instrument, given: Given, *, by: Actor, now: datetime
) -> KeptScore:
    """Keep what was answered; a worsening opens a task at once."""
    answers = answered(given)
    response = QuestionnaireResponse(
        id=new_id(),
        programme_id=asked_of.programme_id,
        person_id=asked_of.person_id,
        instrument=instrument.id,
        version=instrument.version,
        language=instrument.language,
        answers=dict(answers),
        answered_at=now,
        by=by.id,
        timepoint=asked_of.timepoint,
        subject=asked_of.subject,
    )
    score = score_answers(instrument, answers)
    questionnaires.add_response(by.scope, response, [score_row(response, score)])
    stated = _facts(response, instrument, score)
    facts.add_facts(by.scope, response.programme_id, response.person_id, stated)
    if score.total is not None and instrument.id == phq9.ID:
        _watch_for_worsening(by.scope, response, now)
    return KeptScore(response.id, score.missing)


def score_row(response: QuestionnaireResponse, score: Score) -> questionnaires.Score:
    """Return the row that keeps a score beside its response."""
    return questionnaires.Score(
        id=new_id(),
        programme_id=response.programme_id,
        person_id=response.person_id,
        response_id=response.id,
        instrument=response.instrument,
        scale=response.instrument,
        value=None if score.total is None else float(score.total),
        scoring_version=score.scoring,
        answered_at=response.answered_at,
        band=score.band or "",
        missing=score.missing,
    )


def _facts(response: QuestionnaireResponse, instrument: Instrument, score: Score) -> list[Fact]:
    """Return the total, and each coded answer that the content knows as a concept."""
    found = [] if score.total is None else [(f"{instrument.id}_total", instrument.total, score.total)]
    for item in instrument.items:
        if item.safety and item.id in response.answers:
            concept = item.id.replace(".", "_item")
            found.append((concept, item.code, response.answers[item.id]))
    return [_fact(response, concept, code, value) for concept, code, value in found]


def _fact(response: QuestionnaireResponse, concept: str, code: Code | None, value: int) -> Fact:
    return Fact(
        id=f"response:{response.id}#{concept}",
        kind=FactKind.SCORE,
        concept=concept,
        origin=Origin(OriginKind.PERSON, f"response:{response.id}", str(response.by)),
        value=Quantity(float(value), ONE),
        code=code,
        true_at=response.answered_at,
        recorded_at=response.answered_at,
    )


def _watch_for_worsening(scope: Scope, response: QuestionnaireResponse, now: datetime) -> None:
    """Open a task where the score rose over the baseline, or over the best of the course, by the limit."""
    rows = questionnaires.scores_of(scope, response.person_id, instrument=response.instrument)
    began = [s.starts_at for s in courses.sessions_of_person(scope, response.person_id) if s.stream]
    series = trajectory(
        (TimedScore(row.answered_at, None if row.value is None else int(row.value)) for row in rows),
        course_began_at=began[0] if began else None,
    )
    book = content_of(scope, response.programme_id).parameters
    worse = deterioration(series.change, definitions_for(response.instrument, book=book, on=now.date()))
    planned = task_for(worse, now=now, book=book)
    if planned is None:
        return
    task = tasks.Task(
        id=new_id(),
        programme_id=response.programme_id,
        person_id=response.person_id,
        kind=planned.kind,
        subject=response.id,
        owner_role=planned.owner,
        due_at=planned.due_at,
        details={"level": "routine_plus", "rule": worse.rule, "sources": list(planned.sources)},
    )
    tasks.add_task(scope, task)
    watch_task(scope, task)
    notify.changed(programme_id=response.programme_id, topic=INBOX, subject=response.person_id)
