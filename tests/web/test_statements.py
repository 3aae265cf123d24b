"""How often the pages a clinician opens most ask the database: as often after years as on the first day.

What begins and ends a transaction and what tells it its scope reads nothing and is not counted.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kairos.actions.rate_sedation import rate_sedation
from kairos.vocab.people import Role
from tests.support.long_histories import add_history
from tests.support.running_session import make_floor, releasable
from tests.support.signing_in import signed_in

pytestmark = pytest.mark.django_db(transaction=True)

SESSIONS = 100
CHART, CONSOLE = 27, 24
"""What each asks today; the goal is 12, and is missed."""


def asked(client: Client, address: str) -> list[str]:
    """Return the statements that name a table, of the second time the page is opened."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return [each["sql"] for each in queries if "store_" in each["sql"] or "django_" in each["sql"]]


def test_chart_and_console_ask_as_often_after_a_hundred_sessions_as_after_one():
    floor = make_floor(timezone.now() - timedelta(minutes=130))
    session_id = releasable(floor)
    client = signed_in(floor.clinic, Role.CLINICIAN)
    chart, console = reverse("chart", args=[floor.person_id]), reverse("session_console", args=[session_id])
    before = len(asked(client, chart)), len(asked(client, console))
    by = floor.prescriber.id
    add_history(floor.clinic, floor.person_id, sessions=SESSIONS, before=floor.at(-9_000), by=by)
    for minute in range(111, 125):
        floor.do(rate_sedation, minute, session_id=session_id, score=5)
    assert (len(asked(client, chart)), len(asked(client, console))) == before
    assert before[0] <= CHART and before[1] <= CONSOLE, before
