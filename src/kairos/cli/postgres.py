"""The embedded PostgreSQL: one private server under ``KAIROS_HOME``, for trying, teaching and a single desk.

Only the server's programs come from elsewhere. A process id is never trusted: a server is there when a
real connection succeeds, and gone when the lock that all its processes hold is free.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

import psycopg

from kairos.cli.child_process import ServerUser, dying_with_parent, server_user
from kairos.cli.postgres_binaries import Binaries, find_binaries, reachable_copy
from kairos.cli.postgres_places import SUPERUSER, Places, connection_address, places, read_or_make_password
from kairos.cli.postgres_roles import ensure_roles
from kairos.cli.problems import CannotRun

_START_SECONDS = 600  # crash recovery may be long; a server that fails ends by itself and is reported at once
_STOP_SECONDS = 2
_OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0770",
    "password_encryption": "scram-sha-256",  # nosec B105 - the name of a method
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Failing statements and the details of an error hold values of rows: neither goes to the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "jit": "off",
}


class PostgresFailed(CannotRun):
    """The embedded server did not start; the message ends with what it said."""


class EmbeddedPostgres:
    """Starts and stops the server of one home. ``with`` starts it, or joins one that runs, and tidies up."""

    def __init__(
        self, home: Path, say: Callable[[str], None] = lambda line: None, binaries: Binaries | None = None
    ) -> None:
        self.places: Places = places(home)
        self._say = say
        self._chosen = binaries
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_ours(self) -> bool:
        """Whether this object started the server and must stop it."""
        return self._process is not None

    @property
    def pid(self) -> int | None:
        """The process id of the server that we started, for those who must watch it."""
        return self._process.pid if self._process else None

    def __enter__(self) -> Self:
        """Start or join."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop what was started here."""
        self.stop()

    def answers(self) -> bool:
        """Whether a real connection succeeds now."""
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def connect(self, database: str = "postgres", **options: Any) -> psycopg.Connection[Any]:
        """Return a superuser connection. For setting up only: no process of ours works as superuser."""
        address: dict[str, Any] = {**connection_address(self.places, SUPERUSER, database)}
        return psycopg.connect(**address, connect_timeout=5, autocommit=True, **options)

    def has_ended(self) -> bool:
        """Whether the server that we started is gone."""
        return self._process is not None and self._process.poll() is not None

    def start(self) -> None:
        """Initialise on first use, start unless a server answers, and return when it does.

        Raises
        ------
        PostgresFailed, NoBinaries
        """
        _make_folders(self.places)
        lock = self._take_lock_or_join()
        if lock is None:
            return
        try:
            _clear_what_a_dead_server_left(self.places)
            binaries = self._binaries()
            if not self.places.data.exists():
                self._say("PostgreSQL: making a new database")
                _initialise(self.places, binaries)
            self._process = _launch(self.places, binaries, lock)
        finally:
            os.close(lock)  # from here on only the server's processes hold it
        self._wait_until_ready()
        with self.connect() as connection:
            ensure_roles(connection, self.places)

    def stop(self) -> None:
        """Stop the server that we started: the fast way, then harder; committed rows are safe in each."""
        process, self._process = self._process, None
        if process is None:
            return
        for signal_number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            process.send_signal(signal_number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_STOP_SECONDS if signal_number == signal.SIGINT else 0.5)
                break
        if self.places.is_socket_elsewhere:
            shutil.rmtree(self.places.socket, ignore_errors=True)

    def _binaries(self) -> Binaries:
        version = self.places.data / "PG_VERSION"
        major = int(version.read_text()) if version.exists() else None
        binaries = self._chosen or find_binaries(major)
        return reachable_copy(binaries) if server_user() else binaries

    def _take_lock_or_join(self) -> int | None:
        """Return the lock, free of any server; or None when a server answers in the meantime."""
        handle = os.open(self.places.lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return handle
            if self.answers():
                os.close(handle)
                return None
            time.sleep(0.05)
        os.close(handle)
        raise PostgresFailed("another server holds this home and does not answer; stop it and start again")

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while not self.answers():
            if self.has_ended() or time.monotonic() > deadline:
                self.stop()
                raise PostgresFailed(f"PostgreSQL did not start; it said:\n{_tail(self.places.log)}")
            time.sleep(0.03)


def _make_folders(where: Places) -> None:
    """Make our own folders, open to the server's user only; folders above are left as they are."""
    where.root.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for folder in (where.root, where.socket):
        folder.mkdir(exist_ok=True, mode=0o750)
        user = server_user()
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid not in (os.geteuid(), user.uid if user else -1):
            raise PostgresFailed(f"{folder} belongs to someone else; remove it and start again")
        if user:
            os.chown(folder, user.uid, user.gid)
        folder.chmod(0o750)


def _clear_what_a_dead_server_left(where: Places) -> None:
    """Remove stale pid and socket locks, whose recorded process may be a zombie or someone new by now.

    Our lock says that no server of ours lives; one that somebody else started shows by its folder.
    """
    pid_file = where.data / "postmaster.pid"
    if pid_file.exists():
        pid = pid_file.read_text().split("\n", 1)[0].strip()
        if _works_in(pid, where.data):
            raise PostgresFailed(f"process {pid}, not started by Kairos, serves {where.data}; stop it first")
        pid_file.unlink()
    for left in where.socket.glob(".s.PGSQL.*"):
        left.unlink()


def _works_in(pid: str, folder: Path) -> bool:
    try:
        return Path(f"/proc/{int(pid)}/cwd").readlink() == folder.resolve()
    except (OSError, ValueError):  # gone, a zombie, or not ours to look at
        return False


def _initialise(where: Places, binaries: Binaries) -> None:
    """Make the cluster beside its place and move it there whole, so that half a one is never used."""
    unfinished = where.root / "data.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    user = server_user()
    password_file = where.root / "initdb.password"
    password_file.unlink(missing_ok=True)
    handle = os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(read_or_make_password(where, SUPERUSER))
    if user:
        os.chown(password_file, user.uid, user.gid)
    try:
        _run_initdb(where, binaries, user)
    finally:
        password_file.unlink()
    unfinished.rename(where.data)


def _run_initdb(where: Places, binaries: Binaries, user: ServerUser | None) -> None:
    with _as_seen_by_server(where, user) as (root, handles):
        command = [str(binaries.folder / "initdb"), "-D", f"{root}/data.new", "-U", SUPERUSER]
        command += ["--auth=scram-sha-256", f"--pwfile={root}/initdb.password", "--data-checksums"]
        command += ["--locale=C.UTF-8", "--encoding=UTF8"]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, pass_fds=handles, **_server_process(user)
        )
    if done.returncode:
        raise PostgresFailed(f"initdb failed; it said:\n{done.stdout}{done.stderr}")


def _launch(where: Places, binaries: Binaries, lock: int) -> subprocess.Popen[bytes]:
    user = server_user()
    with _as_seen_by_server(where, user) as (root, handles), where.log.open("ab") as log:
        socket_folder = where.socket if where.is_socket_elsewhere else f"{root}/socket"
        options = _OPTIONS | {"unix_socket_directories": str(socket_folder)}
        command = [str(binaries.folder / "postgres"), "-D", f"{root}/data"]
        command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(*handles, lock),
            preexec_fn=dying_with_parent(signal.SIGINT),
            **_server_process(user),
        )


@contextlib.contextmanager
def _as_seen_by_server(where: Places, user: ServerUser | None) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Give the path by which the server finds its folder, and the handles it must inherit for that.

    Another user cannot walk through closed folders above ours, and we do not open them. It can walk from
    a handle on the folder itself.
    """
    if user is None:
        yield str(where.root), ()
        return
    handle = os.open(where.root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{handle}", (handle,)
    finally:
        os.close(handle)


def _server_process(user: ServerUser | None) -> dict[str, Any]:
    """Return the surroundings of every server program: its own session, no environment of ours."""
    surroundings: dict[str, Any] = {
        "cwd": "/",
        "start_new_session": True,
        "umask": 0o077,
        "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
    }
    if user:
        surroundings |= {"user": user.uid, "group": user.gid, "extra_groups": []}
    return surroundings


def _tail(log: Path, lines: int = 12) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else "(nothing)"
