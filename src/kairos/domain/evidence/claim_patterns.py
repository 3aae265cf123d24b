"""The idea of a claim as words: what must be said together, unless something beside it makes it honest.

A phrase is words in a row; ``addict*`` is every word that begins so, ``...`` up to four words of any kind,
``60-80%`` any share in the range, ``$`` the end of the sentence.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kairos.domain.evidence.plain_words import PlainWords, in_digits

_RANGE = re.compile(r"(\d+)-(\d+)%")
_ANY_WORDS = r"(?:[^ ]+ ){0,4}?"
_LOOKED_BACK = 4  # a negation stands at most so many words before what it denies


@dataclass(frozen=True)
class Phrases:
    """A group of phrases, any of which says the same."""

    phrases: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The regular expression over a line of plain words."""
        said = sorted({_expression(phrase) for phrase in self.phrases}, key=len, reverse=True)
        return re.compile(f"(?<= )(?:{'|'.join(said)})")

    def spans(self, words: PlainWords) -> Iterator[tuple[int, int]]:
        """Yield the first and the last word of each place where the group is said."""
        for place in self.pattern.finditer(words.line):
            before = words.line.count(" ", 0, place.start()) - 1
            yield before, before + max(len(place[0].split()), 1) - 1

    def said_in(self, words: PlainWords) -> bool:
        """Whether any of the phrases is said."""
        return self.pattern.search(words.line) is not None


def _expression(phrase: str) -> str:
    parts = phrase.lower().split()
    return "".join(_word(part) for part in parts)


def _word(part: str) -> str:
    if part == "...":
        return _ANY_WORDS
    if part == "$":
        return r"(?=$)"
    if span := _RANGE.fullmatch(part):
        shares = "|".join(str(share) for share in range(int(span[1]), int(span[2]) + 1))
        return rf"(?:{shares})(?:\.\d+)?% "
    stem = re.escape(in_digits(part.removesuffix("*")))
    return rf"{stem}[^ ]* " if part.endswith("*") else f"{stem} "


@dataclass(frozen=True, slots=True)
class ClaimIdea:
    """One way of saying a claim: every one of ``all`` said, every one of ``asserts`` said and not denied.

    ``none`` makes it honest wherever it stands in the sentence. ``within`` is the most words from the first
    to the last; 0 sets no bound. ``stretched`` marks an idea that goes beyond a claim which itself may hold.
    """

    claim: str
    all: tuple[Phrases, ...]
    asserts: tuple[Phrases, ...]
    none: Phrases | None
    within: int = 0
    stretched: bool = False


@dataclass(frozen=True, slots=True)
class ClaimPatterns:
    """All ideas; ``denials`` are words that turn what follows into its opposite."""

    ideas: tuple[ClaimIdea, ...]
    denials: Phrases

    def claims_in(self, words: PlainWords, lead: PlainWords) -> list[ClaimIdea]:
        """Return the first idea of each claim that a sentence puts forward, with what it goes on from."""
        found: dict[str, ClaimIdea] = {}
        for idea in self.ideas:
            if idea.claim not in found and self._says(idea, words, lead):
                found[idea.claim] = idea
        return list(found.values())

    def _says(self, idea: ClaimIdea, words: PlainWords, lead: PlainWords) -> bool:
        whole = lead + words if lead.words else words
        if idea.none is not None and idea.none.said_in(whole):
            return False
        hits = [list(part.spans(whole)) for part in idea.all]
        hits += [
            [span for span in part.spans(whole) if not self._denied(span, whole)] for part in idea.asserts
        ]
        own = len(lead.words)
        return (
            all(hits) and any(span[1] >= own for part in hits for span in part) and _near(hits, idea.within)
        )

    def _denied(self, span: tuple[int, int], words: PlainWords) -> bool:
        """Whether a denial stands shortly before, in the same clause."""
        first = max(0, span[0] - _LOOKED_BACK)
        clause = max((place for place in words.breaks if place <= span[0]), default=0)
        before = words.words[max(first, clause) : span[0]]
        return self.denials.said_in(PlainWords(before, frozenset()))


def _near(hits: Iterable[list[tuple[int, int]]], within: int) -> bool:
    """Whether one place of each part can be chosen so that all stand within a stretch of words."""
    if not within:
        return True
    parts = list(hits)
    return any(
        all(any(start <= first and last < start + within for first, last in part) for part in parts)
        for start in sorted({first for part in parts for first, _ in part})
    )
