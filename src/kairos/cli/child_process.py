"""Starts processes of ours that cannot outlive us, and never run a server as root."""

import ctypes
import os
import pwd
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from kairos.cli.problems import CannotRun

_PR_SET_PDEATHSIG = 1
_SERVER_USERS = ("kairos", "postgres", "nobody")


@dataclass(frozen=True, slots=True)
class ServerUser:
    """Who the database server runs as when we are root."""

    name: str
    uid: int
    gid: int


@cache
def server_user() -> ServerUser | None:
    """Return whom to become for the database server, or None where we are already an ordinary user.

    Raises
    ------
    CannotRun    we are root and the machine has no user to drop to
    """
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in _SERVER_USERS:
        if name in known and known[name].pw_uid != 0:
            return ServerUser(name, known[name].pw_uid, known[name].pw_gid)
    raise CannotRun("PostgreSQL refuses to run as root and no user 'kairos' or 'nobody' exists; add one")


def end_with_parent(signal_number: signal.Signals) -> None:
    """Have the kernel send us the signal when the process that started us is gone."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0)


def dying_with_parent(signal_number: signal.Signals) -> Callable[[], None]:
    """Return a ``preexec_fn``: the child gets the signal when the process that started it is gone.

    Call from the main thread only: the kernel watches the thread that forked.
    """
    prctl = ctypes.CDLL(None).prctl
    parent = os.getpid()

    def in_child() -> None:
        prctl(_PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return in_child
