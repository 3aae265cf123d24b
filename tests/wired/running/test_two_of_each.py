"""Two of each process on one external database are the same program."""

import contextlib
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from kairos.cli.postgres_places import APP_ROLE
from kairos.vocab.people import Role
from tests.support.accounts import make_login
from tests.support.clinic import make_clinic
from tests.support.processes import Running, Stream, free_port, get, refused, running, wait_until


def sign_in(user_id: UUID) -> str:
    """Return the cookie of a web session, as the log-in leaves it."""
    user = get_user_model().objects.get(pk=user_id)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def notify(programme: UUID, topic: str, subject: str, *, urgent: bool = False) -> None:
    payload = {"programme": str(programme), "topic": topic, "id": subject, "urgent": urgent}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('kairos_changed', %s)", [json.dumps(payload)])


class Two:
    """The six processes and where they listen."""

    def __init__(self, stack: contextlib.ExitStack, url: str, folder: Path) -> None:
        self.webs, self.lives = [free_port(), free_port()], [free_port(), free_port()]
        variables = {
            "DATABASE_URL": url,
            "KAIROS_ENV": "test",
            "KAIROS_HOME": str(folder / "home"),
            "KAIROS_DJANGO_SECRET": settings.SECRET_KEY,
            "KAIROS_MASTER_KEY": settings.KAIROS_MASTER_KEY,
        }

        def start(name: str, words: list[str]) -> Running:
            return stack.enter_context(running(words, folder / f"{name}.txt", **variables))

        for port in self.webs:
            start(f"web-{port}", ["web", "--listen", f"127.0.0.1:{port}", "--workers", "1"])
        for port in self.lives:
            start(f"live-{port}", ["live", "--listen", f"127.0.0.1:{port}"])
        self.jobs = [start(f"jobs-{number}", ["jobs"]) for number in (1, 2)]

    def are_well(self) -> bool:
        return all(get(f"http://127.0.0.1:{port}/healthz")[0] == 200 for port in self.webs) and all(
            get(f"http://127.0.0.1:{port}/live/healthz")[0] == 200 for port in self.lives
        )


@pytest.fixture
def two(newest_postgres, tmp_path: Path) -> Iterator[Two]:
    url = newest_postgres.server.url(APP_ROLE, newest_postgres.database)
    with contextlib.ExitStack() as stack:
        both = Two(stack, url, tmp_path)
        wait_until(both.are_well, "two of each are well")
        yield both


def test_two_of_each_share_one_database(two: Two) -> None:
    clinic, elsewhere = make_clinic(), make_clinic()
    cookie = sign_in(make_login(clinic, Role.NURSE).id)
    stranger = sign_in(make_login(elsewhere, Role.NURSE).id)
    patient_less = sign_in(make_login(clinic, Role.ADMINISTRATOR).id)
    session = str(uuid4())

    streams = [Stream(port, cookie, f"session:{session},alarms") for port in two.lives]
    foreign = Stream(two.lives[0], stranger)
    for stream in (*streams, foreign):
        assert stream.status == 200
        stream.until("catch-up")
    for outsider in ("", f"{settings.SESSION_COOKIE_NAME}=made-up", patient_less):
        assert refused(two.lives[0], outsider) == 403

    notify(clinic.programme_id, "session", str(uuid4()))  # of a session that these screens do not show
    notify(clinic.programme_id, "session", session)
    notify(clinic.programme_id, "alarms", session, urgent=True)
    heard = [{json.loads(stream.until("changed"))["topic"] for _ in range(2)} for stream in streams]
    assert heard == [{"session", "alarms"}] * 2
    notify(elsewhere.programme_id, "board", session)
    assert json.loads(foreign.until("changed")) == {"topic": "board", "id": session, "urgent": False}

    os.kill(two.jobs[0].process.pid, signal.SIGKILL)
    assert two.are_well()
    os.kill(two.jobs[1].process.pid, signal.SIGKILL)
    wait_until(lambda: not two.are_well(), "no jobs process is reported")
    for stream in (*streams, foreign):
        stream.close()
