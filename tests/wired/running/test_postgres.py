"""The embedded server: private, recovering, and the same from either source of programs."""

import os
import signal
import stat
from pathlib import Path

import psycopg
import pytest

from kairos.cli.postgres import EmbeddedPostgres
from kairos.cli.postgres_binaries import Binaries, NoBinaries, find_binaries
from kairos.cli.postgres_places import APP_ROLE, OWNER_ROLE, connection_address, places
from tests.support.database import oldest_binaries
from tests.support.processes import wait_until


@pytest.fixture(params=["newest", "oldest"])
def binaries(request: pytest.FixtureRequest) -> Binaries:
    """Both sources: the wheel's programs and, where it is installed, Debian's 15."""
    return find_binaries() if request.param == "newest" else oldest_binaries()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_it_is_private_and_has_two_roles_without_power(tmp_path: Path, binaries: Binaries) -> None:
    above = {folder: mode(folder) for folder in (tmp_path, *tmp_path.parents)}
    with EmbeddedPostgres(tmp_path, binaries=binaries) as server:
        where = server.places
        assert mode(where.socket) == 0o750
        assert mode(where.socket / ".s.PGSQL.5432") == 0o770
        assert {mode(where.password(role)) for role in (OWNER_ROLE, APP_ROLE, "postgres")} == {0o600}
        with server.connect() as connection:
            settings = connection.execute(
                "SELECT current_setting('listen_addresses'), current_setting('data_checksums'),"
                " current_setting('server_encoding'), current_setting('password_encryption')"
            ).fetchone()
            roles = connection.execute(
                "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles"
                " WHERE rolname LIKE 'kairos%' ORDER BY 1"
            ).fetchall()
    assert settings == ("", "on", "UTF8", "scram-sha-256")
    assert roles == [(APP_ROLE, False, False, False), (OWNER_ROLE, False, False, False)]
    assert {folder: mode(folder) for folder in above} == above


def test_nobody_gets_in_without_the_password(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path) as server:
        address = connection_address(server.places, APP_ROLE) | {"password": "guess"}
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(**address)


def test_a_killed_server_comes_back_with_every_committed_row(tmp_path: Path, binaries: Binaries) -> None:
    first = EmbeddedPostgres(tmp_path, binaries=binaries)
    first.start()
    with first.connect("kairos") as connection:
        connection.execute("CREATE TABLE kept (number int)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
    assert first.pid
    os.kill(first.pid, signal.SIGKILL)  # not waited for: what is left is a zombie with its pid in the file
    with EmbeddedPostgres(tmp_path, binaries=binaries) as second, second.connect("kairos") as connection:
        assert second.is_ours
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)
    first.stop()


def test_a_recorded_process_id_is_not_trusted(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path) as server:
        pid_file = server.places.data / "postmaster.pid"
        told = pid_file.read_text()
    pid_file.write_text(told.replace(told.split("\n")[0], str(os.getpid()), 1))
    with EmbeddedPostgres(tmp_path) as server:
        assert server.answers()


def test_the_second_to_start_joins_and_does_not_stop_it(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path) as server:
        with EmbeddedPostgres(tmp_path) as joined:
            assert not joined.is_ours
        assert server.answers()
    assert not server.answers()


def test_a_home_too_deep_for_a_socket_still_works(tmp_path: Path) -> None:
    home = tmp_path / ("deep" * 20) / ("deeper" * 10)
    with EmbeddedPostgres(home) as server:
        assert server.answers()
        assert mode(server.places.socket) == 0o750
        assert len(os.fsencode(server.places.socket)) < 90
    assert not places(home).socket.exists()


def test_half_an_initialisation_is_never_used(tmp_path: Path) -> None:
    unfinished = tmp_path / "postgres" / "data.new"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    with EmbeddedPostgres(tmp_path) as server:
        assert server.answers()


def test_its_log_holds_no_values(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path) as server:
        with server.connect("kairos") as connection:
            connection.execute("CREATE TABLE named (name text UNIQUE)")
            connection.execute("INSERT INTO named VALUES ('Canary Quux')")
            with pytest.raises(psycopg.errors.UniqueViolation):
                connection.execute("INSERT INTO named VALUES ('Canary Quux')")
        log = server.places.log
        wait_until(lambda: "duplicate key" in log.read_text(), "the error in the log")
        assert "Canary" not in log.read_text()


def test_programs_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KAIROS_POSTGRES_BIN", str(tmp_path))
    with pytest.raises(NoBinaries, match="KAIROS_POSTGRES_BIN"):
        find_binaries()
