"""The files of the repository, as the checks read them: tracked or about to be, never what is ignored."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "kairos"


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return every file that git knows or would add, in order. Outside a checkout: every plain file."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listing = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        hidden = {
            p for p in ROOT.rglob("*") if any(part.startswith(".") for part in p.relative_to(ROOT).parts)
        }
        return tuple(sorted(p for p in ROOT.rglob("*") if p.is_file() and p not in hidden))
    return tuple(sorted({ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()}))


def python_files(*folders: Path) -> list[Path]:
    """Return the Python files under the folders."""
    return [p for p in tracked_files() if p.suffix == ".py" and any(p.is_relative_to(f) for f in folders)]


def shown(path: Path) -> str:
    """Return the path as people write it."""
    return path.relative_to(ROOT).as_posix()
