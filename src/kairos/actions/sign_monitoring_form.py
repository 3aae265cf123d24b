"""Sign the Patient Monitoring Form of a session; from then on it is locked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.actions.monitoring_forms import FormDesk, filled, form_desk, reopen_form_task
from kairos.actions.written_words import REASON
from kairos.domain.sessions.form_fields import FormField, check_complete
from kairos.domain.sessions.monitoring_form import check_may_sign
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import courses, forms
from kairos.store.repositories.forms import SignedForm
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.people import Actor, Permission


@command("sign_monitoring_form", Permission.SIGN_MONITORING_FORM)
def sign_monitoring_form(
    *,
    session_id: UUID,
    answers: Mapping[str, str],
    seen_seq: int,
    reason: str = "",
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Sign the form as the record and the answers fill it, and return its id.

    A form that is signed is never changed. A later one takes its place, with a reason.

    Parameters
    ----------
    answers : mapping    what the record does not say, or what who signs judges, by field
    seen_seq : int       the last entry of the session that stood on the page
    reason : str         why this form takes the place of a signed one; needed only then

    Raises
    ------
    NotAllowed      no form is owed, the session is not over, or entries were added since the page was opened
    InvalidInput    a required field is empty, each named; or no reason where one is needed
    Missing         no such session within the scope
    """
    desk = form_desk(session_id, by=by, now=now)
    courses.lock_planned_session(by.scope, desk.planned.id)
    picture = desk.sitting.picture
    check_may_sign(picture.state, picture.protocol)
    if seen_seq != len(desk.sitting.entries):
        raise NotAllowed("the record has new entries since you opened the form; read it again, then sign")
    before = forms.form_in_force(by.scope, session_id)
    if before is not None and not reason.strip():
        raise InvalidInput(
            Problem(REASON, "a form is signed already; say in a few words why this replaces it")
        )
    fields = filled(desk, answers, by=by)
    check_complete(fields)
    form = _form(desk, fields, before, reason, by, now)
    forms.add_form(by.scope, form)
    if before is not None and forms.sendings_of(by.scope, [before.id]):
        reopen_form_task(desk, by=by)
    why = "replaced" if before else "signed"
    note = AuditNote(f"session:{session_id}", form.programme_id, form.person_id, why, {"seq": form.seq})
    return form.id, note


def _form(
    desk: FormDesk,
    fields: tuple[FormField, ...],
    before: SignedForm | None,
    reason: str,
    by: Actor,
    now: datetime,
) -> SignedForm:
    words: dict[str, Any] = {"fields": [_kept(each) for each in fields]}
    return SignedForm(
        id=new_id(),
        programme_id=desk.planned.programme_id,
        person_id=desk.planned.person_id,
        session_id=desk.sitting.stream.id,
        seq=len(desk.sitting.entries),
        content_version=desk.content.version,
        overlay_version=desk.content.overlay_version,
        due_on=desk.due_on,
        supersedes_id=before.id if before else None,
        words=words | {REASON: reason.strip()} if before else words,
        signed_by=by.id,
        signed_at=now,
    )


def _kept(field: FormField) -> dict[str, Any]:
    return {
        "id": field.shape.id,
        "value": field.value,
        "source": field.source.value,
        "entries": list(field.entries),
    }
