"""The lint of the content: what loading refuses, and what may be loaded but must not be shipped.

Content that ships says of every source what was read of it; it names who looks again, and by when, wherever a
value rests on nobody's authority but our own or was not read again; and it has no limits upside down.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from kairos.content.claim_reader import read_claim_reader
from kairos.content.lint_languages import language_faults
from kairos.content.lint_public_texts import public_text_faults
from kairos.content.load_order_words import load_order_words
from kairos.content.load_public_words import load_public_words
from kairos.content.loader import ContentFault, ContentSource, Lint, Table
from kairos.content.release import build_release
from kairos.content.words_over import languages_of
from kairos.domain.evidence.citations import Basis, Certainty

_UNSURE = frozenset({Certainty.DEFAULT, Certainty.MEMORY})
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_FACTS = (
    *("absorption/", "claims/", "concepts/", "consents/", "crisis/", "models/", "orders/", "parameters/"),
    *("figures/", "regulatory/", "substances.yaml"),
)
_JUDGED = (
    "absorption/",
    "claims/",
    "figures/",
    "instruments/",
    "models/",
    "parameters/",
    "regulatory/",
    "substances.yaml",
)
_SURENESS: Mapping[object, int] = {Certainty.VERIFIED: 2, Certainty.SECONDARY: 1, Certainty.MEMORY: 0}
_OURS = frozenset({Basis.DEFAULT, Basis.CONSENSUS})


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a check needs beside the table: where it stands, the day, how surely each citation was read."""

    path: str
    on: date
    citations: Mapping[str, object]


def lint_content(source: ContentSource, *, on: date) -> list[ContentFault]:
    """Return every fault of the content as of a day, by file and line; none where it is in order."""
    read = _how_surely_read(source)
    lint = Lint(citations=frozenset(read))
    with lint.collecting():
        release = build_release(source)
        for language in languages_of(source):
            lint.faults.extend(language_faults(source, release, language))
    with lint.collecting():
        _check_public_texts(source, lint)
    if source.under("orders/"):
        with lint.collecting():
            load_order_words(source, lint)
    for file in source.under(""):
        with lint.collecting():
            _check_file(_Asked(file.path, on, read), file.table(), lint)
    return sorted(set(lint.faults))


def _check_public_texts(source: ContentSource, lint: Lint) -> None:
    """Hold what patients and strangers read against what may be said to them."""
    reader = read_claim_reader(source)
    words = load_public_words(source, lint, reader)
    lint.faults.extend(public_text_faults(source, words))


def _how_surely_read(source: ContentSource) -> Mapping[str, object]:
    """Return for each citation how surely it was read; of a file that cannot be read, nothing."""
    lint = Lint()
    read: dict[str, object] = {}
    for file in source.under("citations.yaml"):
        with lint.collecting():
            top = file.table()
            read.update({key: top.table(key).get("read") for key in top})
    return read


def _check_file(asked: _Asked, top: Table, lint: Lint) -> None:
    for table in _tables(top):
        for check in _EVERYWHERE:
            with lint.collecting():
                check(table, asked)
    for prefix, check_entry in _BY_KIND.items():
        for name in top if asked.path.startswith(prefix) else ():
            with lint.collecting():
                check_entry(top, name, top.table(name))


def _tables(value: Any) -> Iterator[Table]:
    """Yield a mapping and every mapping inside it."""
    if isinstance(value, Table):
        yield value
    inner = value.values() if isinstance(value, Table) else value if isinstance(value, list) else ()
    for each in inner:
        yield from _tables(each)


def _check_overdue(table: Table, asked: _Asked) -> None:
    if "review_by" in table and table.day("review_by") < asked.on:
        due = f"{table['review_by']} ({table['owner']})" if "owner" in table else table["review_by"]
        raise table.fault(f"the review was due by {due}; look again, or say why it waits", "review_by")


def _check_cited(table: Table, asked: _Asked) -> None:
    """Whatever is written like a citation is one."""
    for key, value in table.items():
        for text in value if isinstance(value, list) else [value]:
            name = text.removeprefix("cite:") if isinstance(text, str) and text.startswith("cite:") else ""
            if name and name not in asked.citations:
                raise table.fault(f"{key} names {name!r}, which is not in citations.yaml", key)


def _check_marked(table: Table, asked: _Asked) -> None:
    """How sure anyone is says nothing without whose word it is; where facts stand, the word alone neither."""
    if "certainty" in table and "source" not in table:
        raise table.fault("source is missing; certainty is given, and nobody's word", "certainty")
    states_facts = asked.path.startswith(_FACTS) or (
        asked.path.startswith("instruments/") and "rule" not in table
    )
    if "source" in table and "certainty" not in table and states_facts:
        raise table.fault("certainty is missing; say how surely the source was read", "source")


def _check_surer(table: Table, asked: _Asked) -> None:
    """Nobody is surer of a value or a claim than the best of its sources was read."""
    if not asked.path.startswith(_JUDGED) or "source" not in table or table.get("certainty") not in _SURENESS:
        return
    read = [asked.citations.get(name.removeprefix("cite:")) for name in table.texts("source")]
    best = max((_SURENESS.get(each, 0) for each in read), default=0)
    if _SURENESS[table["certainty"]] > best:
        raise table.fault(f"certainty is {table['certainty']}, surer than any source was read", "certainty")


def _check_measured(table: Table, _asked: _Asked) -> None:
    if "measures" in table and not {"unit", "form"} & set(table):
        raise table.fault("unit is missing; a measured answer has one", "measures")


def _check_bands(table: Table, _asked: _Asked) -> None:
    """Refuse bands of a score that are upside down, out of order or overlap."""
    bands = table.tables("bands")
    for band in bands:
        if band.number("lowest") > band.number("highest"):
            raise band.fault(
                f"the band {band.get('id')} is upside down: {band['lowest']} to {band['highest']}"
            )
    for lower, upper in pairwise(bands):
        if upper.number("lowest") <= lower.number("highest"):
            raise upper.fault(
                f"the band {upper.get('id')} overlaps {lower.get('id')}: both hold {upper['lowest']}"
            )


def _check_plausible(table: Table, _asked: _Asked) -> None:
    match table.get("plausible"):
        case [int() | float() as low, int() | float() as high] if low > high:
            raise table.fault(f"plausible is upside down: {low:g} is above {high:g}", "plausible")


def _check_citation(_top: Table, name: str, entry: Table) -> None:
    if not entry.text("what", ""):
        raise entry.fault(f"what is missing; say what of {name} was read (abstract, table, section)")
    if "doi" in entry and not _DOI.fullmatch(entry.text("doi")):
        raise entry.fault(f"doi is no DOI: {entry['doi']!r}; write it as 10.1000/xyz", "doi")


def _check_parameter(top: Table, name: str, entry: Table) -> None:
    if name == "review":
        return
    values = entry.table("values")
    for day in values:
        _check_review(top, entry, values.table(day))
        _check_pair(top, name, values, day)


def _check_review(top: Table, entry: Table, value: Table) -> None:
    """A value of our own, or one not read again, names who looks again and by when."""
    needs = value.get("certainty") in _UNSURE or value.get("basis") in _OURS
    if needs and not any("review" in table for table in (top, entry)) and "reviewed" not in value:
        raise value.fault("review is missing; say who looks again and by when, here or for the whole file")


def _check_pair(top: Table, name: str, values: Table, day: str) -> None:
    """A lowest value is not above the highest one of the same thing, as of the same day."""
    other = f"{name.removesuffix('_least')}_most"
    if not name.endswith("_least") or other not in top or day not in top.table(other).table("values"):
        return
    low = values.table(day).number("value")
    high = top.table(other).table("values").table(day).number("value")
    if low > high:
        raise values.fault(f"{name} is {low:g} and {other} is {high:g}: upside down", day)


_EVERYWHERE: tuple[Callable[[Table, _Asked], None], ...] = (
    _check_overdue,
    _check_cited,
    _check_marked,
    _check_surer,
    _check_measured,
    _check_bands,
    _check_plausible,
)
_BY_KIND: dict[str, Callable[[Table, str, Table], None]] = {
    "citations.yaml": _check_citation,
    "parameters/": _check_parameter,
}
