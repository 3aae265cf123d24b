"""A clinic at work on an embedded server, a nurse who keeps posting, and what the database holds afterwards.

``python -m tests.support.survivors`` fills the ``KAIROS_HOME`` of its environment with a session that runs
and one whose alarm nobody has taken, by the actions of the demonstration, and prints their ids as JSON.
"""

import http.client
import http.cookiejar
import json
import os
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from uuid import uuid4

from kairos.cli.postgres import EmbeddedPostgres
from kairos.cli.postgres_places import DATABASE
from tests.support.database import copy_prepared

ROOT = Path(__file__).resolve().parents[2]
FILL_SECONDS = 240
LATER = 4.0
"""Minutes that the alarm has waited already: the next person is called soon after the start."""


@dataclass(frozen=True, slots=True)
class Fixture:
    """The clinic that was filled: who logs in, the two sessions, and the alarm that waits."""

    username: str
    password: str
    running: str
    alarmed: str
    alarm: str


def fill(home: Path) -> Fixture:
    """Fill a fresh home in a process of its own."""
    copy_prepared(home)
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "DJANGO_", "KAIROS_", "PORT"))
    }
    variables = kept | {"KAIROS_HOME": str(home), "KAIROS_ENV": "demo"}
    words = [sys.executable, "-m", "tests.support.survivors"]
    done = subprocess.run(
        words, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=FILL_SECONDS
    )
    assert done.returncode == 0, done.stderr
    return Fixture(**json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Fill the home that the environment names."""
    from kairos.cli.database_session import database_session
    from kairos.cli.demo_seed import hurry

    with database_session():
        hurry()
        from dataclasses import replace
        from datetime import timedelta

        from django.utils import timezone

        from kairos.cli.demo_clinic import readiness, stock_room, today
        from kairos.cli.demo_clinic.cast import Cast
        from kairos.cli.demo_clinic.house import open_house
        from kairos.queries.dosing_sessions import session_page

        now = timezone.now()
        house = open_house(now=now)
        stock_room.fill(house, now=now)
        readiness.be_live(house, now=now)
        cast = Cast(house, now.date())
        cast.bring(2, now=now - timedelta(days=30))
        late = timedelta(minutes=LATER)
        parts = [
            replace(part, sessions_before=0, started_ago=part.started_ago + late * (part.name == "alarm"))
            for part in today.PARTS
            if part.name in ("running", "alarm")
        ]
        sittings = today.open_day(house, cast.take, now=timezone.now(), parts=parts)
        alarmed = sittings["alarm"].session_id
        page = session_page(session_id=alarmed, by=house.nurse, now=timezone.now())
        alarm = next(each for each in page.picture.state.open_alarms if each.raised.level == "urgent")
        login = house.logins[0]
        told = Fixture(
            username=login["username"],
            password=login["password"],
            running=str(sittings["running"].session_id),
            alarmed=str(alarmed),
            alarm=str(alarm.raised.alarm_id),
        )
        sys.stdout.write(json.dumps(asdict(told)) + "\n")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Takes a redirect for the answer it is: saved."""

    def redirect_request(self, *_: object) -> None:
        """Follow none."""


@dataclass
class Nurse:
    """Somebody who logs in as people do and posts one reading after the other, until told to stop.

    A reading that was not answered is sent again under its own command id, as the screens do. ``saved``
    are those that were answered as saved.
    """

    port: int
    clinic: Fixture
    saved: list[tuple[str, float, float]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)
    is_stopped: threading.Event = field(default_factory=threading.Event)

    def log_in(self) -> None:
        """Log in by the form."""
        self._open(f"{self.base}/log-in/")
        content = {"login": self.clinic.username, "password": self.clinic.password}
        status, body = self._post(f"{self.base}/log-in/", content)
        assert status == 302, body[:2000]

    @property
    def base(self) -> str:
        """Where the clinic is."""
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def posting(self) -> Iterator["Nurse"]:
        """Post on a thread of its own for as long as the block."""
        thread = threading.Thread(target=self._work)
        thread.start()
        try:
            yield self
        finally:
            self.is_stopped.set()
            thread.join()

    def _work(self) -> None:
        number = 0
        while not self.is_stopped.is_set():
            number += 1
            self._record(number)

    def _record(self, number: int) -> None:
        """Send one reading again and again until it is answered."""
        pulse, oxygen = float(60 + number % 40), float(95 + number // 40 % 5)
        command = str(uuid4())
        content = {"command_id": command, "heart_rate": pulse, "oxygen": oxygen, "breathing": 14}
        while not self.is_stopped.is_set():
            status, body = self._post(f"{self.base}/sessions/{self.clinic.running}/vitals/", content)
            if status == 302:
                self.saved.append((command, pulse, oxygen))
                return
            if 400 <= status < 500:
                self.refused.append(f"{status} {body[:400]}")
                return

    def _post(self, url: str, content: dict[str, object]) -> tuple[int, str]:
        token = next((cookie.value or "" for cookie in self.jar if cookie.name == "csrftoken"), "")
        body = urllib.parse.urlencode(content | {"csrfmiddlewaretoken": token}).encode()
        return self._open(url, body)

    def _open(self, url: str, body: bytes | None = None) -> tuple[int, str]:
        """Return status and text; 0 where nobody answered."""
        opener = urllib.request.build_opener(NoRedirect, urllib.request.HTTPCookieProcessor(self.jar))
        try:
            with opener.open(urllib.request.Request(url, body, {"Referer": url}), timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return 0, ""


def entries(home: Path, session: str, kind: str) -> list[dict[str, object]]:
    """Return what the database holds of a session: the payloads of one type of entry, in order."""
    with EmbeddedPostgres(home).connect(DATABASE) as connection:
        rows = connection.execute(
            "SELECT payload FROM store_streamevent WHERE stream_id = %s AND type = %s ORDER BY seq",
            [session, kind],
        ).fetchall()
    return [row[0] for row in rows]


def kept_commands(home: Path, action: str) -> set[str]:
    """Return the ids of the commands of one action that were carried out."""
    with EmbeddedPostgres(home).connect(DATABASE) as connection:
        rows = connection.execute(
            "SELECT id::text FROM store_command WHERE action = %s AND result IS NOT NULL", [action]
        ).fetchall()
    return {row[0] for row in rows}


def escalations(home: Path, session: str) -> Counter[tuple[object, object]]:
    """Return how often each alarm of a session went to each step."""
    return Counter((each["alarm_id"], each["step"]) for each in entries(home, session, "alarm_escalated"))


def has_fallen_silent(home: Path) -> bool:
    """Whether no deadline of a session is due any more: whoever works them has come to each."""
    with EmbeddedPostgres(home).connect(DATABASE) as connection:
        row = connection.execute(
            "SELECT count(*) FROM store_deadline WHERE done_at IS NULL AND due_at <= clock_timestamp()"
            " AND kind IN ('alarm_unanswered', 'session_look')"
        ).fetchone()
    return row is not None and row[0] == 0


if __name__ == "__main__":
    main()
