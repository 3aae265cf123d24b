"""Record a C-SSRS screener that was asked, start what its tier starts, close the task it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.actions.safety_tasks import INBOX, check_may_own, open_safety_tasks, settle_task
from kairos.content.release import load_release
from kairos.domain.instruments.library import cssrs_screener
from kairos.domain.instruments.library.cssrs_screener import ScreenerResult
from kairos.domain.instruments.safety import safety_of_tier
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import facts, questionnaires, tasks
from kairos.store.repositories.questionnaires import QuestionnaireResponse
from kairos.store.repositories.tasks import Task
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.facts import Fact, FactKind, Origin, OriginKind, Presence
from kairos.vocab.instants import PartialDate
from kairos.vocab.people import Actor, Permission, Scope

ASKED_BY_TASK = "safety"


@dataclass(frozen=True, slots=True)
class Screened:
    """The tier reached, the card it wants on the screen (empty: none), and how many tasks it started."""

    tier: str
    crisis_card: str
    tasks: int


@command("record_screener", Permission.ANSWER_SCREENING)
def record_screener(
    *, task_id: UUID, answers: Mapping[str, int], command_id: UUID, by: Actor, now: datetime
) -> tuple[Screened, AuditNote]:
    """Keep the answers, open the tasks of the tier, close the screener's task with the tier as outcome.

    A lifetime answer that was on record before starts nothing again. Behaviour whose time was left
    unsaid counts as recent.

    Parameters
    ----------
    answers : mapping    item id to 0 (no) or 1 (yes); what was not answered is left out

    Raises
    ------
    InvalidInput    an unknown item, another value, or too little answered to tell a tier
    NotAllowed      the task is for another role, of another kind, or finished already
    Missing         there is no such task in the actor's programmes
    """
    task = tasks.find_task(by.scope, task_id)
    check_may_own(task, by)
    if task.kind != cssrs_screener.ID:
        raise NotAllowed("this task does not ask for a C-SSRS screener; open it from the inbox")
    result = _assess(by.scope, task, answers)
    if result.tier is None:
        message = "no question was answered yes and some were left open; ask the questions that are open"
        raise InvalidInput(Problem(result.missing[0], message))
    if not settle_task(by.scope, task_id, by=by.id, outcome=f"tier_{result.tier.id}"):
        raise NotAllowed("this screener is recorded already; load the inbox again")
    response = _keep(task, answers, by, now)
    started, card = _start(task, result, response, by, now)
    notify.changed(programme_id=task.programme_id, topic=INBOX, subject=task_id)
    told: dict[str, Any] = {
        "tasks": started,
        "missing": list(result.missing),
        "assumed": list(result.assumed),
    }
    note = AuditNote(f"task:{task_id}", task.programme_id, task.person_id, f"tier_{result.tier.id}", told)
    return Screened(result.tier.id, card, started), note


def _assess(scope: Scope, task: Task, answers: Mapping[str, int]) -> ScreenerResult:
    before = questionnaires.responses_of(scope, task.person_id, instrument=cssrs_screener.ID)
    known = frozenset(i for r in before for i, value in r.answers.items() if value == cssrs_screener.YES)
    instrument = load_release().instruments[cssrs_screener.ID]
    return cssrs_screener.assess(answers, instrument=instrument, finished=True, known_before=known)


def _keep(task: Task, answers: Mapping[str, int], by: Actor, now: datetime) -> QuestionnaireResponse:
    instrument = load_release().instruments[cssrs_screener.ID]
    response = QuestionnaireResponse(
        id=new_id(),
        programme_id=task.programme_id,
        person_id=task.person_id,
        instrument=instrument.id,
        version=instrument.version,
        language=instrument.language,
        answers=dict(answers),
        answered_at=now,
        by=by.id,
        timepoint=ASKED_BY_TASK,
        subject=task.id,
    )
    questionnaires.add_response(by.scope, response, [])
    stated = [_fact(response, item, value) for item, value in answers.items()]
    facts.add_facts(by.scope, task.programme_id, task.person_id, stated)
    return response


def _fact(response: QuestionnaireResponse, item: str, value: int) -> Fact:
    return Fact(
        id=f"response:{response.id}#{item}",
        kind=FactKind.ANSWER,
        concept=item,
        origin=Origin(OriginKind.PERSON, f"response:{response.id}", str(response.by)),
        presence=Presence.PRESENT if value == cssrs_screener.YES else Presence.ABSENT,
        true_from=PartialDate.of(response.answered_at.date()),
        true_at=response.answered_at,
        recorded_at=response.answered_at,
    )


def _start(
    task: Task, result: ScreenerResult, response: QuestionnaireResponse, by: Actor, now: datetime
) -> tuple[int, str]:
    """Open what the tier starts, and return how many tasks and which card."""
    reached = safety_of_tier(result.new_tier, fact=f"response:{response.id}") if result.new_tier else None
    if reached is None:
        return 0, ""
    started = open_safety_tasks(
        by.scope,
        reached,
        programme_id=task.programme_id,
        person_id=task.person_id,
        subject=response.id,
        now=now,
        details={
            "instrument": response.instrument,
            "version": response.version,
            "tier": result.new_tier.id if result.new_tier else "",
        },
    )
    return started, reached.crisis_card
