"""Enter results: weight, height, blood pressure, laboratory values, scores; each dated."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kairos.actions.screening import enrolment_of, keep_facts_and_screen
from kairos.content.release import load_release
from kairos.domain.eligibility.results import Given, facts_of_results
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.facts import Origin, OriginKind
from kairos.vocab.people import Actor, Permission


@command("enter_results", Permission.ANSWER_SCREENING)
def enter_results(
    *,
    command_id: UUID,
    by: Actor,
    now: datetime,
    person_id: UUID,
    results: Mapping[str, Given],
    measured_at: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep results of a person and return the id of the new screening.

    Parameters
    ----------
    results : mapping    concept -> number in the concept's own unit, true or false, or a word

    Raises
    ------
    InvalidInput    a value no living person has, half a reading, a moment after now, or nothing
    Missing         there is no such person in the actor's programmes
    """
    enrolment = enrolment_of(by.scope, person_id)
    ref = f"result/{command_id}"
    release = load_release()
    stated = facts_of_results(
        results,
        release.concepts,
        done={concept for item in release.workup for concept in item.concepts},
        id_prefix=ref,
        origin=Origin(OriginKind.PERSON, ref, str(by.id)),
        measured_at=measured_at,
        now=now,
    )
    kept = keep_facts_and_screen(enrolment, stated, by=by, now=now)
    return kept.id, AuditNote(
        ref,
        programme_id=enrolment.programme_id,
        person_id=person_id,
        details={"concepts": sorted(results), "advice": kept.advice.value},
    )
