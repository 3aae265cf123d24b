"""The monitoring form by its pages: read, refused with the fields named, signed, sent, corrected, printed."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from kairos.actions.leave_against_advice import leave_against_advice
from kairos.store.ids import new_id
from kairos.store.repositories import tasks
from kairos.store.scope import scoped
from kairos.vocab.people import Role
from tests.support.running_session import make_floor
from tests.web.test_session_pages import client_of, get
from tests.wired.sessions.test_esketamine_session import mornings_after, signed_for_esketamine
from tests.wired.sessions.test_monitoring_form import ANSWERS, dosed, page_of

pytestmark = pytest.mark.django_db


def post(client, name, *args, **given):
    return client.post(reverse(name, args=args), {"command_id": str(new_id()), **given})


def file_of(client, session_id):
    """Return the words of the form as a PDF, which says that it is PDF/UA."""
    answer = client.get(reverse("session_form_file", args=[session_id]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert b"pdfuaid" in answer.content
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)


def test_a_form_from_the_record_page_to_the_proof_of_sending():
    floor = signed_for_esketamine(make_floor(timezone.now() - timedelta(minutes=130)))
    session_id = dosed(floor, mornings_after(floor.start))
    nurse = client_of(floor, Role.NURSE)
    assert "signed once the session is over" in get(nurse, "session_form", session_id)
    floor.do(leave_against_advice, 60, session_id=session_id, reason="has to go")
    assert reverse("session_form", args=[session_id]) in get(nurse, "session_record", session_id)
    page = get(nurse, "session_form", session_id)
    assert "Left against advice; not a release" in page
    assert "Missing" in page
    assert "a draft" in get(nurse, "session_form_print", session_id)
    assert "Not signed: a draft" in file_of(nurse, session_id)
    with scoped(floor.clinic.scope):
        held = tasks.tasks_of(floor.clinic.scope, floor.person_id)
    task = next(each for each in held if each.kind == "monitoring_form")
    assert "Open the form" in get(nurse, "task", task.id)
    seen = {"seen_seq": page_of(floor, session_id).seq}
    refused = post(nurse, "session_form_sign", session_id, **seen)
    assert refused.status_code == 400
    assert "hcp phone is missing; fill it in" in refused.content.decode()
    told = ANSWERS | {"vitals_acceptable_at_end": "yes"}
    assert post(nurse, "session_form_sign", session_id, seen_seq=1, **told).status_code == 400
    assert post(nurse, "session_form_sign", session_id, **seen, **told).status_code == 302
    assert "Signed by" in get(nurse, "session_form", session_id)
    assert "after entry" in get(nurse, "session_form_print", session_id)
    assert "Left against advice; not a release" in file_of(nurse, session_id)
    form_id = page_of(floor, session_id).signed.id
    sent = {"way": "fax", "sent_on": timezone.now().date().isoformat()}
    assert post(nurse, "session_form_sent", session_id, form_id, **sent).status_code == 400
    assert post(nurse, "session_form_sent", session_id, form_id, reference="FX-1").status_code == 400
    assert post(nurse, "session_form_sent", session_id, form_id, **sent, reference="FX-1").status_code == 302
    assert "reference FX-1" in get(nurse, "session_form", session_id)
    assert "Why this form takes the place" in get(nurse, "session_form_sign", session_id)
    assert post(nurse, "session_form_sign", session_id, **seen, **told).status_code == 400
    again = told | {"hcp_phone": "0100 300", "reason": "another number"}
    assert post(nurse, "session_form_sign", session_id, **seen, **again).status_code == 302
    page = get(nurse, "session_form", session_id)
    assert "An earlier form" in page
    assert "this one is still to be sent" in page
    assert "0100 200" in page
    refused = post(nurse, "session_form_sent", session_id, form_id, **sent, reference="FX-2")
    assert "not the signed form" in refused.content.decode()
