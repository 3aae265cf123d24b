"""The session on paper: a sheet for each planned one, and a filled one copied beside what is on record."""

from io import BytesIO
from uuid import UUID

import pytest
from django.urls import reverse
from pypdf import PdfReader

from kairos.actions.enter_paper import enter_paper
from kairos.actions.record_vitals import record_vitals
from kairos.domain.sessions.paper import PaperLine
from kairos.store.ids import new_id
from kairos.store.repositories import session_entries
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Role
from tests.support.accounts import make_login
from tests.support.clinic import make_clinic
from tests.support.running_session import NAME, WELL, infusing
from tests.web.test_session_pages import client_of, floor_now, get

pytestmark = pytest.mark.django_db


def copied(floor, session_id):
    with scoped(floor.clinic.scope):
        entries = session_entries.entries_of(floor.clinic.scope, session_id)
    return [each for each in entries if each.made_on is not None and each.made_on.pen]


def test_each_planned_session_has_a_sheet_on_one_page():
    floor = floor_now()
    nurse = client_of(floor, Role.NURSE)
    assert "Session sheets for paper" in get(nurse, "day")
    answer = nurse.get(reverse("session_sheets", args=[floor.clinic.site_id]))
    assert b"pdfuaid" in answer.content
    (page,) = PdfReader(BytesIO(answer.content)).pages
    words = " ".join(page.extract_text().split())
    for said in (NAME, "Chair 1", "KR-0042", "Limits.", "verified by", "Before going home", "held the pen"):
        assert said in words
    assert client_of(floor, Role.COORDINATOR).get(answer.request["PATH_INFO"]).status_code == 403
    assert nurse.get(reverse("session_sheets", args=[new_id()])).status_code == 404


def test_a_filled_sheet_is_copied_beside_what_is_on_record():
    floor = floor_now(ago=60)
    session_id = infusing(floor)
    floor.do(record_vitals, 10, session_id=session_id, values=WELL)
    client, pen = client_of(floor, Role.NURSE), make_login(floor.clinic, Role.NURSE)

    def at(minute):
        return floor.at(minute).strftime("%H:%M")

    assert "Copy from paper" in get(client, "session_record", session_id)
    assert "Line 10" in get(client, "session_paper", session_id)
    address = reverse("session_paper", args=[session_id])
    given = {
        "command_id": str(new_id()),
        "pen": str(pen.id),
        "time1": at(10),
        "systolic1": "131",
        "diastolic1": "80",
        "time2": at(20),
        "sedation2": "4",
        "systolic3": "120",
    }
    refused = client.post(address, given)
    assert refused.status_code == 400
    assert "Line 3 has no time" in refused.content.decode()
    del given["systolic3"]
    shown = client.post(address, given | {"time4": at(30), "systolic4": "80", "diastolic4": "120"})
    assert "120/80" in shown.content.decode()
    shown = client.post(
        address, given | {"left": "1", "time4": at(30), "systolic4": "80", "diastolic4": "120"}
    )
    assert "line 4: systolic must exceed diastolic" in shown.content.decode()
    assert copied(floor, session_id) == []
    assert client.post(address, given | {"left": "1"}).status_code == 302
    (entry,) = copied(floor, session_id)
    assert (entry.true_at, entry.made_on.pen) == (floor.at(20).replace(second=0, microsecond=0), str(pen.id))
    assert f"{pen.display_name} held the pen" in get(client, "session_record", session_id)
    again = given | {"command_id": str(new_id()), "also1": "on", "also2": "on"}
    assert client.post(address, again).status_code == 302
    assert len(copied(floor, session_id)) == 3


def test_a_writer_from_elsewhere_or_a_session_not_opened_is_refused():
    floor = floor_now(ago=60)
    session_id = infusing(floor)
    line = PaperLine(true_at=floor.at(20), sedation=5)
    stranger = make_login(make_clinic(), Role.NURSE)
    with pytest.raises(InvalidInput, match="does not run sessions here"):
        floor.do(enter_paper, 30, session_id=session_id, pen=stranger.id, lines=(line,))
    floor.do(enter_paper, 30, session_id=session_id, pen=floor.nurse.id, lines=(line,))
    (entry,) = copied(floor, session_id)
    assert UUID(entry.made_on.pen) == entry.by
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kairos.web.clinic.sessions.from_paper.enter_paper", _refuse)
        given = {"command_id": str(new_id()), "pen": str(make_login(floor.clinic, Role.NURSE).id)}
        told = given | {"time1": floor.at(40).strftime("%H:%M"), "sedation1": "5"}
        refused = client_of(floor).post(reverse("session_paper", args=[session_id]), told)
    assert refused.status_code == 400


def _refuse(**given):
    raise NotAllowed("this session takes no more entries")
