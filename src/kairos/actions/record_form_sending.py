"""Record that a signed monitoring form was sent, with what proves it."""

from datetime import datetime
from uuid import UUID

from kairos.actions.monitoring_forms import form_desk, settle_form_tasks
from kairos.domain.sessions.monitoring_form import SendingProof, check_sending
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import forms
from kairos.store.repositories.forms import Sending
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("record_form_sending", Permission.SIGN_MONITORING_FORM)
def record_form_sending(
    *, session_id: UUID, form_id: UUID, proof: SendingProof, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep who sent the form, when, how and under which reference; its task is done.

    Raises
    ------
    NotAllowed      this form is not the one that holds: it was never signed, or another took its place
    InvalidInput    no reference, or a day before the signature or not yet come
    Missing         no such session within the scope
    """
    desk = form_desk(session_id, by=by, now=now)
    form = forms.form_in_force(by.scope, session_id)
    if form is None or form.id != form_id:
        raise NotAllowed("this is not the signed form of this session; open the form again and send that one")
    signed_on = form.signed_at.astimezone(desk.zone).date()
    check_sending(proof, signed_on=signed_on, today=desk.today)
    sending = Sending(
        id=new_id(),
        programme_id=form.programme_id,
        person_id=form.person_id,
        form_id=form.id,
        way=proof.way.value,
        sent_on=proof.sent_on,
        words={"reference": proof.reference.strip()},
        recorded_by=by.id,
        true_at=now,
    )
    forms.add_sending(by.scope, sending)
    settle_form_tasks(form.person_id, session_id, by=by)
    note = AuditNote(f"session:{session_id}", form.programme_id, form.person_id, sending.way)
    return sending.id, note
