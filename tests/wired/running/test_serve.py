"""``kairos serve`` as an operator runs it: real processes, killed and stopped."""

import http.cookiejar
import json
import os
import re
import signal
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.database import copy_prepared
from tests.support.processes import (
    Running,
    alive_with,
    free_port,
    get,
    is_well,
    parts,
    refused,
    running,
    wait_until,
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def serving(home: Path, port: int) -> Iterator[Running]:
    """One server for the tests of this file."""
    variables = {"KAIROS_HOME": str(home), "PORT": str(port)}
    with running(["serve", "--workers", "1"], home / "serve.txt", **variables) as command:
        wait_until(lambda: is_well(port) or command.process.poll() is not None, "all parts are well")
        assert is_well(port), command.said()
        yield command


@pytest.fixture(autouse=True)
def well(serving: Running, port: int) -> None:
    """Each test begins with all parts there."""
    wait_until(lambda: is_well(port), f"all parts are well; {serving.said()}")


def test_health_names_the_four_parts(port: int) -> None:
    assert parts(port) == {"web": "ok", "live": "ok", "jobs": "ok", "database": "ok", "status": 200}


def test_pages_and_streams_share_one_address(port: int) -> None:
    status, page = get(f"http://127.0.0.1:{port}/accounts/login/")
    assert status in (200, 404)
    assert "<html" in page
    assert refused(port) == 403


@pytest.mark.parametrize("part", ["web", "live", "jobs"])
def test_a_killed_part_is_reported_and_comes_back(serving: Running, port: int, part: str) -> None:
    before = serving.started(part)
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: parts(port).get(part) == "down", f"{part} is reported as down")
    assert parts(port)["status"] in (200, 503)
    wait_until(lambda: is_well(port), f"{part} is back")
    assert serving.started(part) != before


def test_a_killed_database_comes_back(serving: Running, port: int, home: Path) -> None:
    postmaster = int((home / "postgres" / "data" / "postmaster.pid").read_text().split("\n")[0])
    os.kill(postmaster, signal.SIGKILL)
    wait_until(lambda: "database ended" in serving.said(), "the loss is said")
    wait_until(lambda: is_well(port), "everything is back")


def test_the_same_port_is_refused_in_words(serving: Running, port: int, tmp_path: Path) -> None:
    variables = {"KAIROS_HOME": str(tmp_path), "PORT": str(port)}
    with running(["serve"], tmp_path / "second.txt", **variables) as second:
        assert second.process.wait(30) == 3
        assert f"port {port}" in second.said()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_in_time_and_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    copy_prepared(tmp_path)
    own = free_port()
    variables = {"KAIROS_HOME": str(tmp_path), "PORT": str(own)}
    with running(["serve", "--workers", "1"], tmp_path / "serve.txt", **variables) as command:
        wait_until(lambda: is_well(own) or command.process.poll() is not None, "all parts are well")
        assert "do not fit" in try_to_log_in(own)
        assert command.stop(number) == 0, command.said()
    assert alive_with(str(tmp_path)) == []
    assert "audit sealed" in command.said()
    assert is_whole(tmp_path, variables)


def is_whole(home: Path, variables: dict[str, str]) -> bool:
    """Whether the audit of a stopped server is whole and sealed, and has events."""
    with running(["audit", "verify", "--json"], home / "verify.txt", **variables) as verify:
        assert verify.process.wait(60) == 0, verify.said()
    answer = json.loads(verify.said().splitlines()[-1])
    return bool(answer["ok"] and answer["unsealed"] == 0 and answer["rows"] > 0)


def try_to_log_in(port: int) -> str:
    """Return the page after a log-in as nobody; the attempt is an audit event."""
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    browser, url = urllib.request.build_opener(jar), f"http://127.0.0.1:{port}/log-in/"
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', browser.open(url).read().decode())
    assert token
    given = {"csrfmiddlewaretoken": token[1], "login": "nobody", "password": "wrong"}
    return str(browser.open(url, urllib.parse.urlencode(given).encode()).read().decode())


def test_a_killed_supervisor_leaves_nothing_running_and_nothing_unsealed(tmp_path: Path) -> None:
    """Nobody sealed what was written last; whoever starts the database next does."""
    copy_prepared(tmp_path)
    own = free_port()
    variables = {"KAIROS_HOME": str(tmp_path), "PORT": str(own)}
    with running(["serve", "--workers", "1"], tmp_path / "serve.txt", **variables) as command:
        wait_until(lambda: is_well(own) or command.process.poll() is not None, "all parts are well")
        assert "do not fit" in try_to_log_in(own)
        command.process.kill()
        command.process.wait()
        wait_until(lambda: alive_with(str(tmp_path)) == [], "all have ended", 45)
    assert is_whole(tmp_path, variables)
