"""Reading content files: YAML in which every fault is reported with its file and line.

A ``load_<kind>.py`` beside this module turns tables into domain values; ``release.py`` puts the
kinds together. Nothing here knows what a rule or an instrument is.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import yaml

from kairos.vocab.errors import KairosError

CONTENT_ROOT = Path(__file__).parent
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True, order=True)
class ContentFault:
    """One thing wrong in a content file."""

    file: str
    line: int
    fault: str

    def __str__(self) -> str:
        """Return ``file:line: fault``, as editors understand it."""
        return f"{self.file}:{self.line}: {self.fault}"


class ContentError(KairosError):
    """Content cannot be used; each fault names its file and line."""

    def __init__(self, *faults: ContentFault) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Table(dict[str, Any]):
    """A YAML mapping that knows its file, its line and the line of each key."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines: dict[str, int] = {}

    def fault(self, message: str, key: str = "") -> ContentError:
        """Return the error for this table, or for one key of it, ready to be raised."""
        return ContentError(ContentFault(self.file, self.lines.get(key, self.line), message))

    def only(self, *allowed: str) -> None:
        """Refuse keys that are not expected here; a misspelt key must not be a silent default."""
        for key in self:
            if key not in allowed:
                raise self.fault(f"unexpected key {key!r}; expected one of {', '.join(sorted(allowed))}", key)

    def need(self, key: str) -> Any:
        """Return what a key holds, or refuse where it is missing or empty."""
        if self.get(key) is None or self[key] == "":
            raise self.fault(f"{key} is missing", key)
        return self[key]

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without ``default`` it must be there."""
        value = self.get(key, default) if default is not None else self.need(key)
        if not isinstance(value, str):
            raise self.fault(f"{key} must be a text, not {value!r}", key)
        return value.strip()

    def number(self, key: str) -> float:
        """Return a number."""
        value = self.need(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fault(f"{key} must be a number, not {value!r}", key)
        return float(value)

    def flag(self, key: str, default: bool = False) -> bool:
        """Return true or false."""
        value = self.get(key, default)
        if not isinstance(value, bool):
            raise self.fault(f"{key} must be true or false, not {value!r}", key)
        return value

    def day(self, key: str) -> date:
        """Return a calendar day."""
        value = self.need(key)
        if type(value) is not date:
            raise self.fault(f"{key} must be a day like 2026-01-01, not {value!r}", key)
        return value

    def one_of(self, key: str, kind: type[E], default: E | None = None) -> E:
        """Return one word of a closed list."""
        word = self.text(key, default)
        if word not in list(kind):
            raise self.fault(f"{key} is {word!r}; expected one of {', '.join(kind)}", key)
        return kind(word)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; one text alone is a list of one, a missing key an empty list."""
        value = self.get(key, [])
        items = value if isinstance(value, list) else [value]
        for item in items:
            if not isinstance(item, str):
                raise self.fault(f"{key} must hold texts, not {item!r}", key)
        return tuple(items)

    def table(self, key: str) -> "Table":
        """Return the mapping a key holds."""
        value = self.need(key)
        if not isinstance(value, Table):
            raise self.fault(f"{key} must be a mapping", key)
        return value

    def tables(self, key: str) -> "list[Table]":
        """Return the list of mappings a key holds; a missing key is an empty list."""
        value = self.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, Table) for item in value):
            raise self.fault(f"{key} must be a list of mappings", key)
        return list(value)


@dataclass(slots=True)
class Lint:
    """Collects faults so that all are reported at once, and knows the citation keys in use."""

    faults: list[ContentFault] = field(default_factory=list)
    citations: frozenset[str] = frozenset()

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Keep the faults of one entry and go on with the next."""
        try:
            yield
        except ContentError as error:
            self.faults.extend(error.faults)

    def sources(self, table: Table, key: str = "source") -> tuple[str, ...]:
        """Return citation keys without ``cite:``; none, or one that is not in citations.yaml, is a fault."""
        names = tuple(name.removeprefix("cite:") for name in table.texts(key))
        if not names:
            raise table.fault(f"{key} is missing; name a key of citations.yaml", key)
        for name in names:
            if name not in self.citations:
                raise table.fault(f"{key} names {name!r}, which is not in citations.yaml", key)
        return names

    def finish(self) -> None:
        """Refuse the content where faults were found.

        Raises
        ------
        ContentError
        """
        if self.faults:
            raise ContentError(*self.faults)


@dataclass(frozen=True, slots=True)
class ContentFile:
    """One file of the content: its path below the root, and its bytes."""

    path: str
    data: bytes

    def table(self) -> Table:
        """Return the file's mapping.

        Raises
        ------
        ContentError    not YAML, a key twice, or no mapping at the top
        """
        try:
            value = _read(self)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise ContentError(ContentFault(self.path, line, f"not YAML: {error.problem}")) from error
        except ValueError as error:
            raise ContentError(ContentFault(self.path, 1, f"a value cannot be read: {error}")) from error
        if not isinstance(value, Table):
            raise ContentError(ContentFault(self.path, 1, "expected a mapping at the top of the file"))
        return value


@dataclass(frozen=True, slots=True)
class ContentSource:
    """All content files, read once. ``version`` is the SHA-256 over their paths and bytes."""

    files: tuple[ContentFile, ...]

    @property
    def version(self) -> str:
        """The release's name: equal files, equal version."""
        return hashlib.sha256(self.told).hexdigest()

    @property
    def told(self) -> bytes:
        """All files in one: each with its path and length before it."""
        return b"".join(f"{f.path}\0{len(f.data)}\0".encode() + f.data for f in self.files)

    def under(self, *folders: str) -> Sequence[ContentFile]:
        """Return the YAML files of folders (``rules/``) or single files (``citations.yaml``)."""
        return [f for f in self.files if f.path.startswith(folders) and f.path.endswith(".yaml")]


def read_source(root: Path = CONTENT_ROOT) -> ContentSource:
    """Read every content file below a folder, in the order of their paths."""
    kept = sorted(p for p in root.rglob("*") if p.suffix in {".yaml", ".md"} and p.name != "CHANGELOG.md")
    return ContentSource(tuple(ContentFile(p.relative_to(root).as_posix(), p.read_bytes()) for p in kept))


def each_entry(files: Sequence[ContentFile], lint: Lint, build: Callable[[str, Table], None]) -> None:
    """Call ``build(id, entry)`` for each entry of files whose top level maps ids to mappings."""
    for file in files:
        with lint.collecting():
            top = file.table()
            for name in top:
                with lint.collecting():
                    build(name, top.table(name))


class _TableLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Builds ``Table`` for mappings. Bandit's yaml check is met: it only builds plain values."""

    path = ""

    def construct_table(self, node: yaml.MappingNode) -> Table:
        """Build one mapping; a key that stands twice is an error, not the last one wins."""
        table = Table(self.path, node.start_mark.line + 1)
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in table:
                raise table_fault(self.path, key_node, f"the key {key!r} stands twice")
            table.lines[key] = key_node.start_mark.line + 1
            table[key] = self.construct_object(value_node, deep=True)
        return table


def table_fault(path: str, node: yaml.Node, message: str) -> ContentError:
    """Return the error for one place of a file."""
    return ContentError(ContentFault(path, node.start_mark.line + 1, message))


_TableLoader.add_constructor("tag:yaml.org,2002:map", _TableLoader.construct_table)


def _read(file: ContentFile) -> Any:
    loader = _TableLoader(file.data)
    loader.path = file.path
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()
