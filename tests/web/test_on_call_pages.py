"""The pages of the on-call roster: a duty entered, refused, withdrawn; its absence said on the day's page."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kairos.store.ids import new_id
from kairos.vocab.people import Role
from tests.support.accounts import make_login
from tests.web.test_session_pages import client_of, floor_now, get

pytestmark = pytest.mark.django_db


def test_a_duty_is_entered_and_withdrawn_by_the_screens():
    floor = floor_now()
    nurse, desk = make_login(floor.clinic, Role.NURSE), client_of(floor, Role.COORDINATOR)
    assert "Nobody is on call" in get(desk, "day")
    assert "Nobody is named yet" in get(desk, "on_call")
    assert nurse.display_name in get(desk, "on_call_new")
    given = {
        "step": "nurse_in_charge",
        "who": str(nurse.id),
        "site_id": str(floor.clinic.site_id),
        "weekdays": ["1", "2", "3", "4", "5", "6", "7"],
        "starts": "00:00",
        "ends": "00:00",
        "first_day": (timezone.now() - timedelta(days=1)).date().isoformat(),
    }

    def post(name, *args, **told):
        return desk.post(reverse(name, args=args), {"command_id": str(new_id()), **told})

    assert (
        "for: medical director"
        in post("on_call_new", **given | {"step": "medical_director"}).content.decode()
    )
    assert post("on_call_new", **given).status_code == 302
    page = get(desk, "on_call")
    assert "Somebody at every hour" in page
    assert "Every day" in page
    (duty_id,) = re.findall(r"/on-call/([0-9a-f-]{36})/withdraw/", page)
    assert post("on_call_withdraw", duty_id).status_code == 302
    assert post("on_call_withdraw", duty_id).status_code == 302
    assert "Withdrawn before" not in get(desk, "on_call")
    assert client_of(floor).get(reverse("on_call_new")).status_code == 403
