"""Keep how somebody says they are after a session; a call follows where they are not well."""

from datetime import datetime
from uuid import UUID

from kairos.actions.check_ins_after import CLOSE, KINDS, open_check_in_task
from kairos.actions.danger_words import look_for_danger
from kairos.domain.protocols.messages import message_words
from kairos.domain.safety.danger_words import DangerPlace
from kairos.domain.sessions.check_ins_after import CheckInMoment, HowIAm, check_answer
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import check_ins, courses, deadlines
from kairos.store.repositories.check_ins import CheckInAnswer
from kairos.vocab.people import Actor, Permission


@command("answer_check_in", Permission.ANSWER_QUESTIONNAIRE)
def answer_check_in(
    *,
    planned_session_id: UUID,
    moment: CheckInMoment,
    answer: str,
    words: str = "",
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[HowIAm, AuditNote]:
    """Keep an answer, and open the call it brings. It may be answered again: people get worse after a tap.

    Raises
    ------
    InvalidInput    none of the answers, or more words than are kept
    Missing         no such session of one's own
    """
    how = check_answer(answer)
    planned = courses.find_planned_session(by.scope, planned_session_id)
    about = (planned.programme_id, planned.person_id)
    said = {"words": message_words(words)} if words.strip() else {}
    kept = CheckInAnswer(new_id(), *about, planned.id, moment.value, how.value, by.id, now, said)
    check_ins.add_answer(by.scope, kept)
    deadlines.drop_deadline(by.scope, f"{CLOSE}_{moment}", planned.id, outcome="answered")
    if how in KINDS:
        open_check_in_task(*about, planned.id, moment, KINDS[how], by=by, now=now)
    if said:
        of = {"subject": kept.id, "programme_id": kept.programme_id, "person_id": kept.person_id}
        look_for_danger(said["words"], place=DangerPlace.CHECK_IN, by=by, now=now, **of)
    note = AuditNote(f"planned_session:{planned.id}", *about, how.value, {"moment": moment.value})
    return how, note
