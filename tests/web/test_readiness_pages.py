"""The readiness pages: what is missing is named, a file is added, and the programme goes live."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kairos.content.release import load_release
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import make_clinic

pytestmark = pytest.mark.django_db
ITEMS = [item.id for item in load_release().standards.readiness]


def signed_in(clinic, role):
    client, account = Client(), make_login(clinic, role)
    client.post("/log-in/", {"login": account.username, "password": PASSWORD})
    return client


def command_of(page):
    return re.findall(r'name="command_id" value="([^"]+)"', page.content.decode())[-1]


def test_a_lead_adds_the_files_and_goes_live():
    clinic = make_clinic(is_live=False)
    lead, until = signed_in(clinic, Role.PROGRAMME_LEAD), timezone.now().date() + timedelta(days=90)
    listed = lead.get("/programme/readiness/")
    assert f"0 of {len(ITEMS)} items hold" in listed.content.decode()
    going = f"/programme/{clinic.programme_id}/live/"
    early = lead.post(going, {"command_id": command_of(listed), "live": "yes"}, follow=True)
    assert "cannot go live: psychiatric evaluation" in early.content.decode()
    for item in ITEMS:
        address = f"/programme/{clinic.programme_id}/readiness/{item}/"
        told = {"command_id": command_of(lead.get(address)), "state": "holds", "until": until.isoformat()}
        if item == ITEMS[0]:
            bare = lead.post(address, told)
            assert bare.status_code == 400
            assert "add the file that shows it" in bare.content.decode()
        paper = SimpleUploadedFile("plan.pdf", b"%PDF-1.7", content_type="application/pdf")
        assert lead.post(address, told | {"evidence": paper}).status_code == 302
    listed = lead.get("/programme/readiness/")
    assert "8 of 8 items hold" in listed.content.decode()
    lead.post(going, {"command_id": command_of(listed), "live": "yes"})
    live = lead.get("/programme/readiness/")
    assert "The programme is live" in live.content.decode()
    sent = lead.get(f"/programme/{clinic.programme_id}/readiness/{ITEMS[0]}/file/")
    assert (sent.content, sent["X-Content-Type-Options"]) == (b"%PDF-1.7", "nosniff")
    ended = lead.post(going, {"command_id": command_of(live), "live": "no"}, follow=True)
    assert "Not live: nothing is planned or opened" in ended.content.decode()
    assert lead.post(going, {}).status_code == 302


def test_what_is_not_there_is_not_found_and_an_auditor_only_reads():
    clinic = make_clinic(is_live=False)
    lead, auditor = signed_in(clinic, Role.PROGRAMME_LEAD), signed_in(clinic, Role.AUDITOR)
    assert lead.get(f"/programme/{clinic.programme_id}/readiness/luck/").status_code == 404
    assert lead.get(f"/programme/{clinic.site_id}/readiness/{ITEMS[0]}/").status_code == 404
    read = auditor.get("/programme/readiness/").content.decode()
    assert "Look at it" not in read
    assert "Go live" not in read
