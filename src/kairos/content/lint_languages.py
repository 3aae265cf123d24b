"""The lint of languages: words that are missing, that state something else, or that promise too much."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from kairos.content.languages import worded_parts
from kairos.content.load_texts import load_texts
from kairos.content.loader import ContentFault, ContentSource, Lint, Table
from kairos.content.release import ContentRelease
from kairos.content.words_over import ALL_WORDS, ENGLISH, WORDED, WORDS, differs, words_of
from kairos.domain.evidence.texts import TextBook

BANNED = "banned_words.yaml"


def language_faults(source: ContentSource, release: ContentRelease, language: str) -> list[ContentFault]:
    """Return what a language lacks, states otherwise or promises."""
    lint = Lint()
    worded_parts(release, language, lint)
    checks = (_missing_words, _strangers, banned_faults)
    found = {fault for check in checks for fault in check(source, language)}
    return sorted({*lint.faults, *found, *_text_faults(release.texts, source, language)})


def _strangers(source: ContentSource, language: str) -> Iterator[ContentFault]:
    """Yield files that are the words of nothing."""
    known = {words_of(file.path, language) for file in source.under(*WORDED)}
    for file in source.under(f"language/{language}/"):
        if file.path not in known and not file.path.endswith(BANNED):
            yield ContentFault(file.path, 1, "there is no English file of which these are the words")


def banned_faults(source: ContentSource, language: str) -> Iterator[ContentFault]:
    """Yield words that promise more than is known, by the language's own list and its overrides."""
    for file in source.under(f"language/{language}/{BANNED}"):
        top = file.table()
        top.only("banned", "overrides")
        pattern, let = phrases_of(top), top.tables("overrides")
        for path, line, text in told_in(source, language):
            said = pattern.search(folded(text))
            if said and not any(_lets(each, path, text) for each in let):
                yield ContentFault(path, line, f"has the banned words {said[0]!r}: {text[:80]!r}")


def phrases_of(top: Table) -> re.Pattern[str]:
    """Return the banned phrases as one pattern; ``cura*`` is every word that begins so."""
    told = (folded(each).replace("*", r"\w*") for each in top.texts("banned"))
    return re.compile(rf"\b(?:{'|'.join(told)})\b")


def told_in(source: ContentSource, language: str) -> Iterator[tuple[str, int, str]]:
    """Yield every text of a language with its file and line."""
    for file in source.under(f"language/{language}/", f"text/{language}/"):
        if not file.path.endswith(BANNED):
            for line, text in _all_of(file.table(), 1):
                yield file.path, line, text


def _all_of(value: Any, line: int) -> Iterator[tuple[int, str]]:
    if isinstance(value, Table):
        for key, inner in value.items():
            yield from _all_of(inner, value.lines[key])
    elif isinstance(value, list):
        for inner in value:
            yield from _all_of(inner, line)
    elif isinstance(value, str):
        yield line, value


def _lets(override: Table, path: str, text: str) -> bool:
    override.only("where", "says", "reason")
    override.need("reason")
    return override.text("where") == path and folded(override.text("says")) in folded(text)


def folded(text: str) -> str:
    """Return a text in small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _missing_words(source: ContentSource, language: str) -> Iterator[ContentFault]:
    told = {file.path: file for file in source.under(f"language/{language}/")}
    for file in source.under(*WORDED):
        path = words_of(file.path, language)
        words = told[path].table() if path in told else {}
        for place in _without_words(file.table(), words):
            yield ContentFault(path, 1, f"{place} has no words yet")


def _without_words(english: Any, words: Any, key: str = "", place: str = "") -> Iterator[str]:
    """Yield where the English file has words and the language has none."""
    if isinstance(english, Table):
        for name, inner in english.items():
            word = words.get(name) if isinstance(words, dict) else None
            below = name if key not in ALL_WORDS else key
            yield from _without_words(inner, word, below, f"{place}.{name}".removeprefix("."))
    elif isinstance(english, list):
        for number, inner in enumerate(english):
            yield from _without_words(inner, _entry(inner, number, words), key, f"{place}[{number}]")
    elif isinstance(english, str) and english and key in WORDS | ALL_WORDS and not words:
        yield place


def _entry(english: Any, number: int, words: Any) -> Any:
    if isinstance(words, dict):
        return words.get(english.get("id")) if isinstance(english, dict) else None
    return words[number] if isinstance(words, list) and number < len(words) else None


def _text_faults(english: TextBook, source: ContentSource, language: str) -> Iterator[ContentFault]:
    """Yield sentences for patients that are missing, that nobody asks for, or that state something else."""
    said = load_texts(source, Lint(), language)
    for (_code, name, audience), text in english.templates.items():
        words = said.templates.get((language, name, audience))
        if audience == "patient" and words is None:
            yield ContentFault(f"text/{language}/", 1, f"the text {name} has no words yet")
        elif words is not None and (difference := differs(text, words)):
            yield ContentFault(f"text/{language}/", 1, f"{name}: {difference}")
    for _code, name, audience in said.templates:
        if (ENGLISH, name, audience) not in english.templates:
            yield ContentFault(f"text/{language}/", 1, f"the text {name} is not in English for a {audience}")
