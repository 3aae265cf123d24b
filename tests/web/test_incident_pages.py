"""The pages of incidents: reported by anyone, closed with a whole review by who may."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from kairos.store.ids import new_id
from kairos.vocab.people import Role
from tests.support.running_session import make_floor
from tests.web.test_session_pages import client_of, get

pytestmark = pytest.mark.django_db


def post(client, name, *args, **given):
    return client.post(reverse(name, args=args), {"command_id": str(new_id()), **given})


def test_a_near_miss_is_reported_read_and_closed():
    floor = make_floor(timezone.now())
    desk, lead = client_of(floor, Role.COORDINATOR), client_of(floor, Role.PROGRAMME_LEAD)
    told = {"kind": "near_miss", "area": "equipment", "told": "The oximeter of chair 2 was flat."}
    assert "Report it" in get(desk, "incident_new")
    assert post(desk, "incident_new", **told).status_code == 400
    at = timezone.now().strftime("%Y-%m-%dT%H:%M")
    assert post(desk, "incident_new", **told, happened_at=at).status_code == 302
    board = get(desk, "incidents")
    assert "One incident waits" in board
    assert "oximeter of chair 2" in board
    key = _key(board)
    assert "programme lead or the medical director" in get(desk, "incident", key)
    part = {"happened": "Nobody charges it.", "causes": ["steps_unclear"], "changed": "A charger a chair."}
    refused = post(lead, "incident", key, **part)
    assert refused.status_code == 400
    assert "say what was learned" in refused.content.decode()
    whole = part | {"learned": "Charge at closing.", "shared_with": "Everybody, by the board."}
    assert post(lead, "incident", key, **whole).status_code == 302
    assert "Charge at closing." in get(desk, "incidents")
    assert "steps were unclear" in get(desk, "incident", key)


def _key(board):
    return re.search(r"/incidents/([0-9a-f-]{36})/", board).group(1)
