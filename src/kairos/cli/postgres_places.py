"""Where the embedded server keeps its things, and the passwords of its roles. Needs no database driver."""

import hashlib
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

OWNER_ROLE = "kairos_owner"
APP_ROLE = "kairos_app"
SUPERUSER = "postgres"
DATABASE = "kairos"
_LONGEST_SOCKET = 107  # bytes of sun_path, less its closing zero
_SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True, slots=True)
class Places:
    """The files and folders of one embedded server, all under ``KAIROS_HOME/postgres``."""

    root: Path

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.root / "data"

    @property
    def lock(self) -> Path:
        """Held by every process of a running server, so that free means none is left."""
        return self.root / "server.lock"

    @property
    def log(self) -> Path:
        """What the server says. Values of rows never reach it."""
        return self.root / "server.log"

    @property
    def socket(self) -> Path:
        """The private folder of the socket: short, because the system allows 107 bytes in all."""
        here = self.root / "socket"
        if len(os.fsencode(here / _SOCKET_NAME)) <= _LONGEST_SOCKET:
            return here
        mark = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"kairos-{os.geteuid()}-{mark}"

    @property
    def is_socket_elsewhere(self) -> bool:
        """Whether the home is too deep to hold the socket itself."""
        return self.socket.parent != self.root

    def password(self, role: str) -> Path:
        """The file that holds a role's password."""
        return self.root / f"{role}.password"


def places(home: Path) -> Places:
    """Return the places of the embedded server of this home."""
    return Places(home.resolve() / "postgres")


def read_password(where: Places, role: str) -> str:
    """Return the role's password; empty before the server was first started."""
    try:
        return where.password(role).read_text()
    except FileNotFoundError:
        return ""


def read_or_make_password(where: Places, role: str) -> str:
    """Return the role's password, made and kept for our eyes only (0600) on first use."""
    kept = read_password(where, role)
    if kept:
        return kept
    made = secrets.token_urlsafe(32)
    unfinished = where.password(role).with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(made)
    unfinished.rename(where.password(role))
    return made


def connection_address(where: Places, role: str, database: str = DATABASE) -> dict[str, str]:
    """Return what a driver needs to connect as the role over the private socket."""
    return {
        "host": str(where.socket),
        "user": role,
        "password": read_password(where, role),
        "dbname": database,
    }
