"""The repository as a whole: what is tracked, locked and named."""

import re
import tomllib

from scripts.repository import PACKAGE, ROOT, shown, tracked_files

TEXT = {
    ".py",
    ".md",
    ".toml",
    ".yaml",
    ".yml",
    ".lock",
    ".html",
    ".css",
    ".js",
    ".sql",
    ".txt",
    ".sh",
    ".json",
    ".svg",
    "",
}
LOCKS = (ROOT / "requirements.lock", ROOT / "requirements-dev.lock")
EVERY_LOCK = sorted(ROOT.glob("requirements*.lock"))
ADDRESS = re.compile(r"https?://|--(extra-)?index-url|--find-links|git\+", re.I)
# Machine paths and words about how the work was organised, spelled in pieces so that this file passes too.
_HOMES = (r"(?<![\w>.])/" + "home/[a-z]+/", "/" + "Users/[a-z]+/")
_PLACES = ("/" + "work/(main|shared)", "/tmp/" + "kairos", *_HOMES)
MACHINE_PATHS = re.compile("|".join(_PLACES), re.I)
FOREIGN_WORDS = re.compile(
    r"\b("
    + "|".join(
        (
            "cl" + "aude",
            "anthro" + "pic",
            "chat" + "gpt",
            "open" + "ai",
            "co" + "pilot",
            "l" + "lm",
            "sub" + "agent",
        )
    )
    + r")\b",
    re.I,
)
NOTES = re.compile(r"\bissue " + r"#?\d+\b", re.I)


def texts():
    for path in tracked_files():
        if path.suffix in TEXT and path.name != "LICENSE":
            yield path, path.read_text(encoding="utf-8")


def test_lock_files_name_no_address_and_every_line_has_a_hash():
    for lock in EVERY_LOCK:
        text = lock.read_text(encoding="utf-8")
        assert not ADDRESS.search(text), shown(lock)
        pins = re.findall(r"^[a-z0-9][\w.\-]*(?:\[[^\]]*\])?==", text, re.M | re.I)
        blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.M | re.I)
        assert len([b for b in blocks if "--hash=sha256:" in b]) == len(pins)


def test_the_development_lock_agrees_with_the_other():
    first, second = (
        set(re.findall(r"^([\w.\-\[\],]+==\S+)", lock.read_text(encoding="utf-8"), re.M)) for lock in LOCKS
    )
    assert first <= second


def test_no_machine_path_and_no_foreign_word():
    found = [
        f"{shown(path)}: {match.group(0)}"
        for path, text in texts()
        for pattern in (MACHINE_PATHS, FOREIGN_WORDS)
        for match in pattern.finditer(text)
    ]
    assert found == []


def test_no_file_is_about_a_ticket():
    """The words of the project speak of the project; a reason is written out, not numbered."""
    found = [
        f"{shown(p)}: {m.group(0)}"
        for p, t in texts()
        if p.suffix in {".py", ".md"}
        for m in NOTES.finditer(t)
    ]
    assert found == []


def test_the_python_version_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lowest = project["project"]["requires-python"].removeprefix(">=")
    assert project["tool"]["mypy"]["python_version"] == lowest
    assert project["tool"]["ruff"]["target-version"] == "py" + lowest.replace(".", "")
    assert f"Python {lowest}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_version_is_in_the_changelog():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"## {project['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_licence_is_apache():
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_no_file_is_large_and_none_is_a_record():
    """Pictures and fonts may be larger than text; nothing that looks like a patient's record is tracked."""
    assert [shown(p) for p in tracked_files() if p.stat().st_size > 600_000] == []
    kinds = {".ndjson", ".gz", ".sqlite", ".dump", ".csv"}
    published = ROOT / "tests" / "reference" / "data"  # tables anybody can read; the README there says whose
    assert [shown(p) for p in tracked_files() if p.suffix in kinds and p.parent != published] == []


def test_web_files_that_browsers_load_name_no_outside_address():
    """Styles and scripts come from our own origin only; a licence line or a namespace is not loaded."""
    loads = re.compile(r"(url\(\s*['\"]?|@import\s+['\"]|(?:src|href|action)\s*=\s*['\"])(https?:)?//", re.I)
    suffixes = {".css", ".js", ".html"}
    found = [
        shown(p) for p, t in texts() if p.suffix in suffixes and p.is_relative_to(PACKAGE) and loads.search(t)
    ]
    assert found == []
