"""Enter a questionnaire that a person filled in on paper or told to somebody at the clinic."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kairos.actions.safety_tasks import open_safety_tasks
from kairos.actions.score_record import AskedOf, keep_response
from kairos.actions.submit_questionnaire import PROGRESS
from kairos.content.release import load_release
from kairos.domain.instruments.asking import Asking
from kairos.domain.instruments.questionnaire import Instrument
from kairos.domain.instruments.safety import safety_of_answer
from kairos.domain.outcomes.schedule import MEASURED, Moment
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import people
from kairos.store.repositories.askings import still_open
from kairos.vocab.errors import InvalidInput, Missing, Problem
from kairos.vocab.people import Actor, Permission


@command("record_questionnaire", Permission.ANSWER_SCREENING)
def record_questionnaire(
    *,
    person_id: UUID,
    instrument: str,
    answers: Mapping[str, int],
    subject: UUID | None = None,
    timepoint: Moment = Moment.ASKED_NOW,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep the answers with their score and start what they start; return the id of the response.

    Parameters
    ----------
    answers : mapping        item id to answer; what was not answered is left out and stays missing
    subject : UUID | None    the planned session it belongs to; None: an asking of its own

    Raises
    ------
    InvalidInput    not one of our questionnaires, an unknown item or answer, or answered already
    Missing         no such person in the actor's programmes
    """
    enrolments = people.enrolments_of(by.scope, person_id)
    if not enrolments:
        raise Missing("this person is not there, or not within your programmes")
    if instrument not in MEASURED:
        raise InvalidInput(
            Problem("instrument", f"{instrument} is not asked; expected {', '.join(MEASURED)}")
        )
    asking = Asking(subject or command_id, timepoint, (instrument,))
    if not still_open(by.scope, person_id, asking):
        raise InvalidInput(Problem("instrument", f"{instrument} was answered for this time already"))
    asked = load_release().instruments[instrument]
    asked_of = AskedOf(enrolments[0].programme_id, person_id, asking.subject, timepoint)
    kept = keep_response(asked_of, asked, answers, by=by, now=now)
    started = _start_safety(asked_of, asked, answers, asking.request_id(instrument), by, now)
    notify.changed(programme_id=asked_of.programme_id, topic=PROGRESS, subject=person_id)
    note = AuditNote(
        f"questionnaire:{kept.response_id}", asked_of.programme_id, person_id, timepoint, {"tasks": started}
    )
    return kept.response_id, note


def _start_safety(
    asked_of: AskedOf,
    asked: Instrument,
    answers: Mapping[str, int],
    request_id: UUID,
    by: Actor,
    now: datetime,
) -> int:
    """Open what the answers start for the person's safety, and return how many tasks."""
    started = 0
    for item_id, value in answers.items():
        response = safety_of_answer(asked, item_id, value, fact=f"answer:{request_id}")
        if response is not None:
            started += open_safety_tasks(
                by.scope,
                response,
                programme_id=asked_of.programme_id,
                person_id=asked_of.person_id,
                subject=request_id,
                now=now,
                details={"item": item_id, "answer": value, "instrument": asked.id, "version": asked.version},
            )
    return started
