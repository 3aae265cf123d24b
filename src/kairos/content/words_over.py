"""Words of a language laid over a file of the content; everything else stays what it is in English.

``language/<language>/`` holds files that name only words, in the shape of the English file beside which they
stand. Ids, sources, grades and figures are the English file's own, so no language can say more than another.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from kairos.content.loader import ContentError, ContentFault, ContentFile, ContentSource, Lint, Table

ENGLISH = "en"
WORDED = ("aid/", "mechanism/", "home/", "claims/", "figures/", "consents/", "crisis/", "scorecard/")
"""Folders whose files hold words for patients beside what is the same in every language."""

WORDS = frozenset(
    (
        *("title", "lead", "heading", "text", "name", "found", "effects_note", "what", "soon", "weigh"),
        *("says", "promise", "explanation", "paragraphs", "acknowledgement", "question", "label", "hours"),
        *("better", "states", "beside", "since", "people", "against", "ask", "why"),
        *("introduction", "signature", "own_words", "talk", "reply"),
    )
)
ALL_WORDS = frozenset(("rows", "cells", "options"))
_PLACE = re.compile(r"\{[^{}]*\}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def languages_of(source: ContentSource) -> tuple[str, ...]:
    """Return the languages that the content has beside English, by their codes."""
    folders = [file.path.split("/") for file in source.files]
    codes = {folder[1] for folder in folders if folder[0] in ("text", "language")}
    return tuple(sorted(codes - {ENGLISH}))


def in_words_of(source: ContentSource, language: str, lint: Lint) -> ContentSource:
    """Return the files, those for patients with the words of a language laid over them."""
    told = {file.path: file for file in source.under(f"language/{language}/")}
    worded = []
    for file in source.files:
        words = told.get(words_of(file.path, language))
        worded.append(_worded_file(file, words, language, lint) if words else file)
    return ContentSource(tuple(worded))


def words_of(path: str, language: str) -> str:
    """Return where a language's words of a file stand: ``aid/en.yaml`` has ``language/es/aid.yaml``."""
    return f"language/{language}/{path.replace(f'/{ENGLISH}.yaml', '.yaml')}"


def copies_in_words(source: ContentSource, folder: str, lint: Lint) -> list[ContentFile]:
    """Return the worded files of a folder once more for each language, each below the language's name."""
    copies: list[ContentFile] = []
    for language in languages_of(source):
        kept = ContentSource(tuple(source.under(folder, f"language/{language}/{folder}")))
        files = in_words_of(kept, language, lint).under(folder)
        below = f"{folder}{language}/"
        copies += [_below(file, folder, below) for file in files if isinstance(file, _WordedFile)]
    return copies


def _below(file: ContentFile, folder: str, below: str) -> ContentFile:
    return replace(file, path=file.path.replace(folder, below, 1))


@dataclass(frozen=True, slots=True)
class _WordedFile(ContentFile):
    """A file whose words are those of a language."""

    worded: Table

    def table(self) -> Table:
        """Return the file's mapping in the language."""
        return self.worded


def _worded_file(file: ContentFile, words: ContentFile, language: str, lint: Lint) -> ContentFile:
    with lint.collecting():
        worded = _laid_over(file.table(), words.table(), ContentFault(words.path, 1, ""))
        if "language" in worded:
            worded["language"] = language
        return _WordedFile(file.path, file.data, worded)
    return file


def _laid_over(english: Any, words: Any, at: ContentFault) -> Any:
    """Return what stands in English with the words laid over it; what does not fit is a fault."""
    if isinstance(english, Table):
        return _table(english, words, at)
    if isinstance(english, list) and english and isinstance(english[0], Table):
        return _rows(english, words, at)
    if isinstance(english, list):
        if not isinstance(words, list) or len(words) != len(english):
            raise _fault(at, f"expected {len(english)} texts, one for each English one")
        return [_said(each, word, at) for each, word in zip(english, words, strict=True)]
    return _said(english, words, at)


def _table(english: Table, words: Any, at: ContentFault) -> Table:
    if not isinstance(words, Table):
        raise _fault(at, "expected a mapping, as in English")
    found = Table(english.file, english.line)
    found.update(english)
    found.lines.update(english.lines)
    for key, word in words.items():
        there = ContentFault(at.file, words.lines[key], key)
        if key not in english:
            raise _fault(there, f"{key} is not in the English file")
        found[key] = _laid_over(english[key], word, there)
    return found


def _rows(english: list[Table], words: Any, at: ContentFault) -> list[Table]:
    """Return entries of a list: words come by the entry's id, or one for each in the same order."""
    if isinstance(words, list) and len(words) == len(english):
        return [_table(each, word, at) for each, word in zip(english, words, strict=True)]
    if not isinstance(words, Table):
        raise _fault(at, f"expected {len(english)} entries in the same order, or a mapping by their ids")
    strangers = set(words) - {each.get("id") for each in english}
    if strangers:
        raise _fault(at, f"{', '.join(sorted(strangers))} is no entry of the English file")
    return [
        _laid_over(each, words[each["id"]], replace(at, line=words.lines[each["id"]]))
        if each.get("id") in words
        else each
        for each in english
    ]


def _said(english: Any, words: Any, at: ContentFault) -> str:
    """Return a text in the language; it has the same places to fill and the same numbers."""
    if not isinstance(english, str) or not isinstance(words, str):
        raise _fault(at, "only words can be put into another language")
    difference = differs(english, words)
    if difference:
        raise _fault(at, difference)
    return words


def differs(english: str, words: str) -> str:
    """Return what a text states otherwise than the English one: a place to fill, or a number."""
    if sorted(_PLACE.findall(english)) != sorted(_PLACE.findall(words)):
        return f"the places to fill differ from the English text: {_PLACE.findall(english)}"
    numbers = [sorted(_NUMBER.findall(_PLACE.sub("", text))) for text in (english, words)]
    if numbers[0] != numbers[1]:
        return f"the numbers are {numbers[1]}, in English {numbers[0]}: {words[:60]!r}"
    return ""


def _fault(at: ContentFault, message: str) -> ContentError:
    return ContentError(replace(at, fault=message))
