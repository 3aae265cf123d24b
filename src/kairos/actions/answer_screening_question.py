"""Answer screening questions: each answer becomes facts, and all rules are asked again."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kairos.actions.screening import enrolment_of, keep_facts_and_screen
from kairos.actions.screening_pathways import open_pathways
from kairos.content.release import load_release
from kairos.domain.eligibility.answers import facts_of_answer
from kairos.domain.rules.rule import Question
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.facts import Fact
from kairos.vocab.people import Actor, Permission


@command("answer_screening_question", Permission.ANSWER_SCREENING)
def answer_screening_question(
    *, command_id: UUID, by: Actor, now: datetime, person_id: UUID, answers: Mapping[str, str]
) -> tuple[UUID, AuditNote]:
    """Keep what a person answered today and return the id of the new screening.

    A suicide risk that an answer states opens its tasks at once.

    Parameters
    ----------
    answers : mapping    question -> ``yes``, ``no`` or ``not_sure``; one sheet of any length

    Raises
    ------
    InvalidInput    no answer at all, an unknown question, or an answer that a question does not take
    Missing         there is no such person in the actor's programmes
    """
    if not answers:
        raise InvalidInput(Problem("", "no question was answered; choose an answer and save again"))
    enrolment = enrolment_of(by.scope, person_id)
    stated = tuple(
        fact for name, given in sorted(answers.items()) for fact in _facts(name, given, command_id, by, now)
    )
    kept = keep_facts_and_screen(enrolment, stated, by=by, now=now)
    started = open_pathways(kept, stated, by=by, now=now, subject=command_id)
    return kept.id, AuditNote(
        f"answer:{command_id}",
        programme_id=enrolment.programme_id,
        person_id=person_id,
        details={"questions": sorted(answers), "advice": kept.advice.value, "tasks": started},
    )


def _facts(name: str, given: str, command_id: UUID, by: Actor, now: datetime) -> tuple[Fact, ...]:
    ref = f"answer/{command_id}"
    return facts_of_answer(_question(name), given, id_prefix=f"{ref}/{name}", ref=ref, by=str(by.id), at=now)


def _question(name: str) -> Question:
    question = load_release().questions.get(name)
    if question is None:
        raise InvalidInput(Problem(name, "there is no such question in the content in force"))
    return question
