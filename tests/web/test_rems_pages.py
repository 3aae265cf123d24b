"""The pages of the REMS: sites and people with their standing, and what is recorded of one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kairos.store.ids import new_id
from kairos.vocab.people import Role
from tests.support.running_session import make_floor
from tests.web.test_session_pages import client_of, get
from tests.wired.sessions.test_esketamine_session import mornings_after, planned, signed_for_esketamine

pytestmark = pytest.mark.django_db


def post(client, name, *args, **given):
    return client.post(reverse(name, args=args), {"command_id": str(new_id()), **given})


def test_a_site_and_a_person_are_recorded_by_the_screens():
    floor = signed_for_esketamine(make_floor(timezone.now() - timedelta(minutes=130)))
    planned(floor, starts=mornings_after(floor.start))
    nurse, site_id = client_of(floor, Role.NURSE), floor.clinic.site_id
    assert "REMS of esketamine" in get(nurse, "course", floor.person_id)
    assert "Holds" in get(nurse, "rems")
    ended = {"state": "ended", "on": floor.start.date().isoformat()}
    refused = post(nurse, "rems_site", site_id, **ended)
    assert refused.status_code == 400
    assert "proves it" in refused.content.decode()
    assert post(nurse, "rems_site", site_id, **ended, reference="C-2").status_code == 302
    page = get(nurse, "rems")
    assert "Ended or out of date: no dose starts" in page
    assert "C-2" in page
    until = floor.start.date().isoformat()
    holds = {"state": "holds", "on": until, "until": until, "reference": "E-2"}
    assert post(nurse, "rems_person", floor.person_id, **holds).status_code == 302
    assert "last day" in get(nurse, "rems")
    assert nurse.get(reverse("rems_person", args=[new_id()])).status_code == 404
