"""A sentence in plain words: small letters, no signs, shortened forms written out, shares as ``70%``.

Seventy percent, seven in ten, 7 of every 10 and 70 % all become the word ``70%``; a range becomes
both its ends.
"""

import re
from dataclasses import dataclass

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_NUMBERS = {**{word: number for number, word in enumerate(_UNITS)}, **_TENS}
_NUMBERS |= {f"{ten} {_UNITS[unit]}": _TENS[ten] + unit for ten in _TENS for unit in range(1, 10)}
_FULL_FORMS = (
    (re.compile(r"[‘’`]"), "'"),
    (re.compile(r"[–—−‐‑]"), "-"),
    (re.compile(r"½"), " half "),
    (re.compile(r"⅓"), " one third "),
    (re.compile(r"⅔"), " two thirds "),
    (re.compile(r"¾"), " three quarters "),
    (re.compile(r"anaesthe"), "anesthe"),
    (re.compile(r"\bcan't\b|\bcannot\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"\b(it|that|there|here|what|who|he|she)'s\b"), r"\1 is"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'s\b|'"), ""),
    (re.compile(r"\bper ?cent\b"), "%"),
    (re.compile(r"(\d),(\d{3})\b"), r"\1\2"),
)
_SPELT = re.compile(r"\b(" + "|".join(sorted(_NUMBERS, key=len, reverse=True)).replace(" ", "[ -]") + r")\b")
_SHARES = (
    (re.compile(r"(\d+(?:\.\d+)?)\s*%?\s*(?:-|to|and)\s*(\d+(?:\.\d+)?)\s*%"), r" \1% \2% "),
    (re.compile(r"(\d+(?:\.\d+)?)\s*%"), r" \1% "),
    (re.compile(r"\bthree[ -]quarters\b|\b3[ -]quarters\b"), " 75% "),
    (re.compile(r"\b(?:2|two)[ -]thirds\b"), " 67% "),
    (re.compile(r"\b(?:a|1|one)[ -]third\b"), " 33% "),
    (re.compile(r"\b(?:a|1|one)[ -]quarter\b"), " 25% "),
    (re.compile(r"\bhalf\b(?![ -](?:an?|hour|life|lives)\b)|\bhalv(?:ed|es|ing)\b"), " 50% "),
)
_OF = re.compile(
    r"\b(\d+)(?:-| to )?(\d+)? (?:in|of|out of)(?: every| each)? (10|100|1000|[2-9]|20)\b(?!\.\d|%)"
)
_WORD = re.compile(r"\d+(?:\.\d+)?%|[a-z0-9]+(?:\.\d+)?")
_BREAK = re.compile(r"[,;:.!?()|]|\s-\s|--")


@dataclass(frozen=True, slots=True)
class PlainWords:
    """The words of a sentence, in their order; ``breaks`` are those with which a clause begins."""

    words: tuple[str, ...]
    breaks: frozenset[int]

    @property
    def line(self) -> str:
        """All words in one line, with a space before the first and after the last."""
        return f" {' '.join(self.words)} "

    def __add__(self, other: "PlainWords") -> "PlainWords":
        """Both, one after the other, as two clauses."""
        shift = len(self.words)
        return PlainWords(
            self.words + other.words, self.breaks | {shift} | {shift + place for place in other.breaks}
        )


def plain_words(text: str) -> PlainWords:
    """Return the plain words of a sentence."""
    text = text.lower()
    for sign, full in _FULL_FORMS:
        text = sign.sub(full, text)
    text = _shares(in_digits(text))
    words: list[str] = []
    breaks: set[int] = set()
    at = 0
    for word in _WORD.finditer(text):
        if _BREAK.search(text, at, word.start()) or "- " in text[at : word.start()]:
            breaks.add(len(words))
        words.append(word[0])
        at = word.end()
    return PlainWords(tuple(words), frozenset(breaks))


def in_digits(text: str) -> str:
    """Return a text in small letters with its spelt numbers as digits."""
    return _SPELT.sub(lambda spelt: str(_NUMBERS[spelt[1].replace("-", " ")]), text)


def _shares(text: str) -> str:
    text = _OF.sub(_share_of, text)
    for said, share in _SHARES:
        text = said.sub(share, text)
    return text


def _share_of(said: re.Match[str]) -> str:
    parts = [round(100 * int(part) / int(said[3])) for part in said.groups()[:2] if part]
    return " ".join(f" {part}% " for part in parts) if max(parts) <= 100 else said[0]
