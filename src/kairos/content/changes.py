"""What changed in the content, from its changelog: the entries that name a rule."""

from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "CHANGELOG.md"
_ENTRY = "- **Rules affected:** "


@cache
def _entries() -> tuple[str, ...]:
    """Return the entries, each as one line of plain words."""
    text = _FILE.read_text(encoding="utf-8")
    found = text.split(f"\n{_ENTRY}")[1:]
    return tuple(
        " ".join(entry.split("\n## ")[0].split()).replace("**", "").replace("`", "") for entry in found
    )


def changes_of(rule: str) -> tuple[str, ...]:
    """Return the entries that name a rule by its id, newest last; those about all rules do not count."""
    short = rule.rpartition(".")[2]
    names = {rule, f".{short}"}
    return tuple(
        entry for entry in _entries() if names & set(entry.replace(",", " ").replace(")", " ").split())
    )
