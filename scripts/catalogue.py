"""The words of pages and their catalogues by language: ``python -m scripts.catalogue`` writes them anew.

``--check`` changes nothing and fails where a language lacks a word or states something else. Words are
gathered from templates and modules without any program outside Python. New ones stand in each ``django.po``
without a translation; those that nothing says any more go; ``django.mo`` is compiled beside it.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation.template import templatize

from scripts.repository import PACKAGE

WEB = PACKAGE / "web"
LOCALE = WEB / "locale"
FOR_PEOPLE = ("portal", "public", "accounts", "offline", "locale", "design")
_FUNCTIONS = {
    "_": ("id",),
    "gettext": ("id",),
    "gettext_lazy": ("id",),
    "gettext_noop": ("id",),
    "ngettext": ("id", "plural"),
    "ngettext_lazy": ("id", "plural"),
    "pgettext": ("context", "id"),
    "pgettext_lazy": ("context", "id"),
    "npgettext": ("context", "id", "plural"),
    "dated": ("day", "id"),
}
_CALL = re.compile(r"\b(gettext|ngettext|pgettext|npgettext|_)\(")
_DATED = "dated"
_TAG = re.compile(r"<[^>]*>")
_MARKS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>")
_FILLED = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
_DATE = re.compile(r"""\|date:(?:"([^"]+)"|'([^']+)')""")
DATES = "date format"


@dataclass(slots=True)
class Word:
    """One text of the pages: where it is said, and its plural if it has one."""

    context: str
    id: str
    plural: str = ""
    places: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        """What a catalogue finds it by."""
        return self.context, self.id


def main() -> int:
    """Bring every catalogue up to date, or say what is wrong with them."""
    words = words_said(WEB)
    if "--check" in sys.argv[1:]:
        found = [fault for path in catalogues() for fault in faults(path, words)]
        print("\n".join(found) or f"{len(words)} texts of the pages are in every language", file=sys.stderr)
        return 1 if found else 0
    for path in catalogues():
        catalogue = updated(polib.pofile(str(path), wrapwidth=110), words)
        catalogue.save(str(path))
        catalogue.save_as_mofile(str(path.with_suffix(".mo")))
        to_do = len(catalogue.untranslated_entries())
        print(f"{path.parent.parent.name}: {len(catalogue)} texts, {to_do} without words")
    return 0


def said_by_place(language: str) -> Mapping[str, list[str]]:
    """Return what each page or module says in a language, without tags; what is filled in is a word."""
    said: dict[str, list[str]] = defaultdict(list)
    for entry in polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po")):
        if entry.msgctxt != DATES:
            for text in (entry.msgstr, *entry.msgstr_plural.values()):
                for place, _line in entry.occurrences:
                    said[place].append(_TAG.sub(" ", _FILLED.sub("diez", text)))
    return said


def faults(path: Path, words: Mapping[tuple[str, str], Word]) -> Iterator[str]:
    """Yield what is wrong with one catalogue."""
    catalogue, where = polib.pofile(str(path)), f"locale/{path.parent.parent.name}"
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue}
    yield from (f"{where}: {words[key].places[0]} says {key[1]!r}: not there" for key in words.keys() - known)
    yield from (f"{where}: nothing says {key[1]!r} any more" for key in known.keys() - words)
    for entry in catalogue:
        fault = entry_fault(entry)
        if fault:
            yield f"{where}: {entry.msgid!r} {fault}"
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != catalogue.to_binary():
        yield f"{where}: django.mo is not of this django.po; run python -m scripts.catalogue"


def entry_fault(entry: polib.POEntry) -> str:
    """Return what is wrong with one entry, or nothing: no words, unsure ones, other places to fill."""
    told = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.fuzzy or not all(told):
        return "is marked fuzzy" if entry.fuzzy else "has no words yet"
    wanted = [sorted(_MARKS.findall(text)) for text in (entry.msgid, entry.msgid_plural) if text]
    if entry.msgctxt != DATES and any(sorted(_MARKS.findall(each)) not in wanted for each in told):
        return f"has other places to fill or tags: {told}"
    return ""


def catalogues() -> list[Path]:
    """Return the catalogue of each language."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def words_said(root: Path) -> Mapping[tuple[str, str], Word]:
    """Return the words of all pages and modules that people outside the team read, by context and id."""
    found: dict[tuple[str, str], Word] = {}
    for path in said_in(root):
        place = path.relative_to(root.parent).as_posix()
        for word in _in_template(path) if path.suffix in {".html", ".txt"} else _in_module(path):
            kept = found.setdefault(word.key, word)
            kept.plural = kept.plural or word.plural
            if place not in kept.places:
                kept.places.append(place)
    return found


def said_in(root: Path) -> Iterator[Path]:
    """Yield the files that speak to people outside the team: their folders, and what all pages share."""
    kinds = {".html", ".py", ".txt"}
    for area in FOR_PEOPLE:
        yield from sorted(p for p in (root / area).rglob("*") if p.suffix in kinds and p.name not in _OURS)
    yield from sorted(p for p in root.iterdir() if p.suffix in kinds)
    yield root.parent / "settings" / "errors.py"


_OURS = frozenset({"examples.py", "page.html"})
"""The page of parts is for whoever builds pages."""


def _in_template(path: Path) -> Iterator[Word]:
    source = path.read_text(encoding="utf-8")
    told = templatize(source, origin=path.name)
    for call in _CALL.finditer(told):
        word = _of_call(call[1], _arguments(told, call.end() - 1))
        if word:
            yield word
    for one, other in _DATE.findall(source):
        yield Word(DATES, one or other)


def _arguments(told: str, at: int) -> list[ast.expr]:
    """Return the arguments of the call whose bracket opens at a place."""
    end = at
    while True:
        end = told.index(")", end + 1)
        try:
            read = ast.parse(f"f{told[at : end + 1]}", mode="eval").body
        except SyntaxError:
            continue
        return read.args if isinstance(read, ast.Call) else []


def _in_module(path: Path) -> Iterator[Word]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS:
            word = _of_call(node.func.id, node.args)
            if word:
                yield word if node.func.id != _DATED else Word(DATES, word.id)


def _of_call(function: str, given: list[ast.expr]) -> Word | None:
    told = dict(zip(_FUNCTIONS[function], given, strict=False))
    texts = {name: str(each.value) for name, each in told.items() if isinstance(each, ast.Constant)}
    if "id" not in texts:
        return None
    return Word(texts.get("context", ""), texts["id"], texts.get("plural", ""))


def updated(catalogue: polib.POFile, words: Mapping[tuple[str, str], Word]) -> polib.POFile:
    """Return a catalogue with these words: what was translated stays, the rest waits for its translation."""
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = catalogue.metadata
    for key in sorted(words):
        entry = known.get(key) or _entry(words[key])
        if words[key].plural and not entry.msgid_plural:
            entry = _entry(words[key])
        entry.occurrences = [(place, "") for place in words[key].places]
        fresh.append(entry)
    return fresh


def _entry(word: Word) -> polib.POEntry:
    if word.plural:
        empty = {0: "", 1: ""}
        return polib.POEntry(
            msgctxt=word.context or None, msgid=word.id, msgid_plural=word.plural, msgstr_plural=empty
        )
    return polib.POEntry(msgctxt=word.context or None, msgid=word.id)


if __name__ == "__main__":
    sys.exit(main())
