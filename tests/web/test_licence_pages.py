"""Licences: looked at on a day in a register; an expired one blocks its role and no other."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from kairos.actions.record_credential import record_credential
from kairos.domain.protocols.credentials import Credential
from kairos.queries.accounts import actor_for
from kairos.store.ids import new_id
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.people import Role
from tests.support.accounts import make_login
from tests.support.clinic import make_clinic, staff
from tests.support.signing_in import signed_in

pytestmark = pytest.mark.django_db


def check(browser, address, until, **more):
    page = browser.get(address).content.decode()
    command = re.search('name="command_id" value="([^"]*)"', page)[1]
    today = timezone.localdate().isoformat()
    told = {"source": "State register", "reference": "RN-4711", "checked_on": today}
    return browser.post(address, told | {"command_id": command, "until": until.isoformat()} | more)


def test_an_expired_licence_blocks_its_role_until_a_newer_one():
    clinic, today = make_clinic(), timezone.localdate()
    nurse = make_login(clinic, Role.NURSE, Role.COORDINATOR, username="nurse")
    lead = signed_in(clinic, Role.PROGRAMME_LEAD, username="lead")
    assert "Nobody looked at it yet" in lead.get("/programme/licences/").content.decode()
    assert actor_for(nurse.id).roles == {Role.NURSE, Role.COORDINATOR}
    address = f"/programme/{clinic.programme_id}/licences/{nurse.id}/nurse/"
    ahead = (today + timedelta(days=1)).isoformat()
    refused = check(lead, address, today, checked_on=ahead)
    assert (refused.status_code, "when somebody looked" in refused.content.decode()) == (400, True)
    assert check(lead, address, today + timedelta(days=30)).status_code == 302
    listed = lead.get("/programme/licences/").content.decode()
    assert "RN-4711" in listed and "State register" in listed
    assert Role.NURSE in actor_for(nurse.id).roles
    assert check(lead, address, today - timedelta(days=2)).status_code == 302
    assert actor_for(nurse.id).roles == {Role.COORDINATOR}
    assert "the role is blocked" in lead.get("/programme/licences/").content.decode()
    assert check(lead, address, today + timedelta(days=30)).status_code == 302
    assert Role.NURSE in actor_for(nurse.id).roles


def test_somebody_whose_only_role_is_blocked_is_told_so():
    clinic, today = make_clinic(), timezone.localdate()
    nurse = make_login(clinic, Role.NURSE, username="nurse")
    lead = signed_in(clinic, Role.PROGRAMME_LEAD, username="lead")
    check(lead, f"/programme/{clinic.programme_id}/licences/{nurse.id}/nurse/", today - timedelta(days=1))
    with pytest.raises(NotAllowed, match="licence has expired"):
        actor_for(nurse.id)


def test_only_a_role_that_somebody_has_here_is_looked_at():
    clinic = make_clinic()
    lead = signed_in(clinic, Role.PROGRAMME_LEAD)
    address = f"/programme/{clinic.programme_id}/licences/{new_id()}/nurse/"
    assert lead.get(address).status_code == 404
    today = timezone.localdate()
    with pytest.raises(Missing, match="has this role"):
        record_credential(
            programme_id=clinic.programme_id,
            user_id=new_id(),
            role=Role.NURSE,
            found=Credential("State register", "RN-1", today, today),
            command_id=new_id(),
            by=staff(clinic, Role.PROGRAMME_LEAD),
            now=timezone.now(),
        )
