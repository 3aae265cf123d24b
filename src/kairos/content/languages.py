"""The content in another language: its words laid over the English ones; everything else stays what it is.

A language is ``text/<language>/`` (the sentences for patients) and ``language/<language>/``, whose files name
only words, in the shape of the English file beside which they stand. Ids, sources, grades and figures are the
English file's own, so no language can say more than another; what has no words yet is shown in English.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from kairos.content.load_aid import load_aid
from kairos.content.load_claims import load_claims
from kairos.content.load_crisis import load_crisis
from kairos.content.load_figures import load_figures
from kairos.content.load_home import load_support_training
from kairos.content.load_mechanism import load_mechanism
from kairos.content.load_scorecard import load_scorecard
from kairos.content.load_texts import load_texts
from kairos.content.loader import ContentError, ContentFault, ContentFile, ContentSource, Lint, Table
from kairos.content.release import ContentRelease
from kairos.domain.evidence.texts import TextBook

ENGLISH = "en"
WORDED = ("aid/", "mechanism/", "home/", "claims/", "figures/", "crisis/", "scorecard/")
"""Folders whose files hold words for patients beside what is the same in every language."""

WORDS = frozenset(
    (
        *("title", "lead", "heading", "text", "name", "found", "effects_note", "what", "soon", "weigh"),
        *("says", "promise", "explanation", "paragraphs", "acknowledgement", "question", "label", "hours"),
        *("better", "states", "beside", "since", "people", "against", "ask", "why"),
    )
)
ALL_WORDS = frozenset(("rows", "cells", "options"))
_PLACE = re.compile(r"\{[^{}]*\}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PARTS: dict[tuple[str, str], dict[str, Any]] = {}


def languages_of(source: ContentSource) -> tuple[str, ...]:
    """Return the languages that the content has beside English, by their codes."""
    folders = [file.path.split("/") for file in source.files]
    codes = {folder[1] for folder in folders if folder[0] in ("text", "language")}
    return tuple(sorted(codes - {ENGLISH}))


def in_language(release: ContentRelease, language: str | None) -> ContentRelease:
    """Return a release in the words of a language; in English where it has no words of that language.

    Raises
    ------
    ContentError    the language's files do not fit the English ones
    """
    code = (language or ENGLISH)[:2]
    if code not in languages_of(release.source):
        return release
    key = (release.version, code)
    if key not in _PARTS:
        lint = Lint()
        _PARTS[key] = worded_parts(release, code, lint)
        lint.finish()
    return replace(release, **_PARTS[key])


def worded_parts(release: ContentRelease, language: str, lint: Lint) -> dict[str, Any]:
    """Return what a release says in a language, part by part; faults are collected."""
    lint.citations = frozenset(release.citations)
    source = in_words_of(release.source, language, lint)
    claims, figures = load_claims(source, lint), load_figures(source, lint)
    said = load_texts(source, lint, language)
    return {
        "texts": TextBook({**release.texts.templates, **said.templates}, language),
        "claims": claims,
        "figures": figures,
        "aid": load_aid(source, lint, claims=claims, figures=figures),
        "mechanism": load_mechanism(source, lint),
        "crisis": load_crisis(source, lint),
        "support_training": load_support_training(source, lint),
        "scorecard": load_scorecard(source, lint),
    }


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
