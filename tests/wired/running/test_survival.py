"""Any of our processes is killed while a session runs: what was answered as saved is there, alarms go on.

A nurse keeps posting readings over HTTP. Web, live, jobs and the database are killed one after the other,
then the supervisor with all of them. An alarm that nobody has taken is to reach the next person, once,
although two jobs processes look for it.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.processes import Running, alive_with, free_port, is_well, running, wait_until
from tests.support.survivors import (
    Fixture,
    Nurse,
    entries,
    escalations,
    fill,
    has_fallen_silent,
    kept_commands,
)

AT_LEAST = 5
"""Readings that must be saved between one killing and the next."""


@contextmanager
def clinic_on(home: Path, port: int, log: Path) -> Iterator[Running]:
    """Serve the home, with a second jobs process beside."""
    variables = {"KAIROS_HOME": str(home), "PORT": str(port), "KAIROS_ENV": "demo"}
    with running(["serve", "--workers", "1"], log, **variables) as serving:
        wait_until(lambda: is_well(port) or serving.process.poll() is not None, "all parts are well")
        assert is_well(port), serving.said()
        with running(["jobs"], log.with_suffix(".jobs"), **variables):
            yield serving


def kill(serving: Running, home: Path, part: str) -> None:
    """Kill one part, as a machine out of memory would."""
    if part == "database":
        pid = int((home / "postgres" / "data" / "postmaster.pid").read_text().split("\n")[0])
    else:
        pid = serving.started(part)
    os.kill(pid, signal.SIGKILL)


def save_some(nurse: Nurse) -> None:
    """Wait until a few more readings were answered as saved."""
    before = len(nurse.saved)
    wait_until(lambda: len(nurse.saved) >= before + AT_LEAST or bool(nurse.refused), "readings are saved")
    assert nurse.refused == []


def everything_saved_is_there(home: Path, clinic: Fixture, nurse: Nurse) -> None:
    readings = [(e["heart_rate"], e["oxygen"]) for e in entries(home, clinic.running, "vitals_recorded")]
    assert {command for command, _, _ in nurse.saved} <= kept_commands(home, "record_vitals")
    assert [pair for _, *pair in nurse.saved if readings.count(tuple(pair)) != 1] == []


def test_what_was_saved_is_there_and_an_alarm_goes_on_once(tmp_path: Path) -> None:
    home, port = tmp_path / "home", free_port()
    clinic = fill(home)
    nurse = Nurse(port, clinic)
    with clinic_on(home, port, tmp_path / "first.txt") as serving:
        nurse.log_in()
        with nurse.posting():
            save_some(nurse)
            for part in ("web", "live", "jobs", "database"):
                kill(serving, home, part)
                wait_until(lambda: is_well(port), f"everything is back after {part} was killed")
                save_some(nurse)
            serving.process.kill()
            serving.process.wait()
    wait_until(lambda: not alive_with(str(home)), "nothing is left of the first run", 20)

    with clinic_on(home, port, tmp_path / "second.txt"):
        everything_saved_is_there(home, clinic, nurse)
        first_step = (clinic.alarm, 1)
        wait_until(lambda: escalations(home, clinic.alarmed)[first_step] > 0, "the next person is called")
        wait_until(lambda: has_fallen_silent(home), "both jobs processes have come to every deadline")
        assert {count for count in escalations(home, clinic.alarmed).values()} == {1}
