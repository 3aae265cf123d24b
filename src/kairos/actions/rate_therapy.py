"""Rate a dosing session afterwards: each aim, and how it was to work together. By the patient."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kairos.actions.therapy import dosed_at, tell_screens, the_type_of
from kairos.domain.protocols.therapy import check_ratings
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import courses, therapy
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("rate_therapy", Permission.ANSWER_QUESTIONNAIRE)
def rate_therapy(
    *,
    planned_session_id: UUID,
    ratings: Mapping[str, int | None],
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep the ratings of one session; what is left out stays left out, and the newest holds.

    Raises
    ------
    NotAllowed      no dose was given in this session, or its course has no psychotherapy
    InvalidInput    nothing rated, or a number off the scale
    Missing         no such session of one's own
    """
    dosing = courses.find_planned_session(by.scope, planned_session_id)
    chosen = the_type_of(by.scope, courses.find_course(by.scope, dosing.course_id))
    if dosed_at(by.scope, dosing) is None:
        raise NotAllowed("this session is rated once it was held; come back afterwards")
    known = therapy.answers_of(by.scope, [dosing.id])
    aims = known[dosing.id, "aims"].details["aims"] if (dosing.id, "aims") in known else ()
    given = check_ratings((*aims, *chosen.alliance), ratings)
    kept = therapy.Answer(
        *(new_id(), dosing.programme_id, dosing.person_id, dosing.id, "ratings"),
        details={"ratings": given},
        by=by.id,
        true_at=now,
    )
    therapy.add_answer(by.scope, kept)
    tell_screens(dosing)
    return kept.id, AuditNote(f"planned_session:{dosing.id}", dosing.programme_id, dosing.person_id)
