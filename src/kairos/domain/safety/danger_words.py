"""Words that signal danger in what somebody wrote: they bring a human to read it, and decide nothing.

Reading is one-sided on purpose. A word of danger counts also where it may be meant otherwise; a denial
("no thoughts of suicide") lowers a sign only where it stands plainly before it, and for a life it never
silences it. Nothing found is no statement that all is well, and nothing of this is shown to whoever wrote.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from kairos.domain.evidence.claim_patterns import Phrases
from kairos.domain.evidence.plain_words import PlainWords, plain_words
from kairos.domain.instruments.safety_plan import SafetyLevel

_STRETCHED = re.compile(r"([a-z])\1{2,}")


class Concern(StrEnum):
    """What a sign is about."""

    LIFE = "life"
    OTHERS = "others"
    HARMED = "harmed"
    BODY = "body"
    MIND = "mind"
    MEDICINE = "medicine"


@dataclass(frozen=True, slots=True)
class Together:
    """Groups of phrases that are all said within a stretch of so many words."""

    groups: tuple[Phrases, ...]
    within: int

    def spans(self, words: PlainWords) -> Iterator[tuple[int, int]]:
        """Yield the stretch around each place of the first group that has all others near."""
        first, *others = [list(group.spans(words)) for group in self.groups]
        for begins, ends in first:
            near = [[span for span in spans if self._is_near(begins, ends, span)] for spans in others]
            if all(near):
                yield min([begins, *(each[0][0] for each in near)]), ends

    def _is_near(self, begins: int, ends: int, span: tuple[int, int]) -> bool:
        return max(ends, span[1]) - min(begins, span[0]) < self.within


@dataclass(frozen=True, slots=True)
class DangerSign:
    """One sign. ``denied`` is its level where it is plainly denied; None: a denial silences it.

    ``unless`` are harmless idioms: a place that lies within one of them is no sign.
    """

    id: str
    concern: Concern
    level: SafetyLevel
    says: Phrases | None
    together: tuple[Together, ...]
    denied: SafetyLevel | None
    unless: Phrases | None = None

    def spans(self, words: PlainWords) -> list[tuple[int, int]]:
        """Return each place where it is said, save within an idiom."""
        found = list(self.says.spans(words)) if self.says else []
        found += [span for each in self.together for span in each.spans(words)]
        idioms = list(self.unless.spans(words)) if self.unless else []
        return [span for span in found if not any(_lies_in(span, idiom) for idiom in idioms)]


def _lies_in(span: tuple[int, int], idiom: tuple[int, int]) -> bool:
    return idiom[0] <= span[0] and span[1] <= idiom[1]


@dataclass(frozen=True, slots=True)
class DangerWords:
    """The signs of one language, with the words that deny, and those that only look like a denial.

    ``fillers`` are the words that may stand between a denial and what it denies.
    """

    language: str
    denials: Phrases
    no_denials: Phrases
    fillers: Phrases
    signs: tuple[DangerSign, ...]
    sources: tuple[str, ...] = ()

    def found_in(self, words: PlainWords) -> Iterator["DangerFound"]:
        """Yield each sign that is said, at the level it then has."""
        for sign in self.signs:
            spans = sign.spans(words)
            if not spans:
                continue
            is_denied = all(self._is_denied(span[0], words) for span in spans)
            level = sign.denied if is_denied else sign.level
            if level is not None:
                yield DangerFound(sign.id, sign.concern, level)

    def _is_denied(self, place: int, words: PlainWords) -> bool:
        """Whether one denial, and one only, stands before in the same clause, with only fillers between."""
        clause = max((each for each in words.breaks if each <= place), default=0)
        before = PlainWords(words.words[clause:place], frozenset())
        said = list(self.denials.spans(before))
        if len(said) != 1 or self.no_denials.said_in(
            PlainWords(words.words[clause : place + 1], frozenset())
        ):
            return False
        between = before.words[said[0][1] + 1 :]
        return all(self.fillers.said_in(PlainWords((word,), frozenset())) for word in between)


@dataclass(frozen=True, slots=True)
class DangerFound:
    """A sign that was found, and at which level."""

    sign: str
    concern: Concern
    level: SafetyLevel


def danger_in(text: str, books: Iterable[DangerWords]) -> tuple[DangerFound, ...]:
    """Return the signs in a text, the heaviest first; every language is read, whatever the text is in.

    Parameters
    ----------
    text : str       what somebody wrote
    books : iterable the words of each language
    """
    readings, read = _readings(text), tuple(books)
    heaviest: dict[str, DangerFound] = {}
    for found in (each for words in readings for book in read for each in book.found_in(words)):
        known = heaviest.get(found.sign)
        if known is None or found.level.weight > known.level.weight:
            heaviest[found.sign] = found
    return tuple(sorted(heaviest.values(), key=lambda each: (-each.level.weight, each.sign)))


def level_of(found: Iterable[DangerFound]) -> SafetyLevel | None:
    """Return the heaviest level, or None where nothing was found."""
    return max((each.level for each in found), key=lambda level: level.weight, default=None)


def _readings(text: str) -> list[PlainWords]:
    """Return plain words without accents; letters drawn out (`pleeease`) are read as one and as two."""
    folded = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter)).lower()
    lines = bare.replace("\n", ". ")
    return [plain_words(each) for each in dict.fromkeys(_STRETCHED.sub(by, lines) for by in (r"\1", r"\1\1"))]


class DangerPlace(StrEnum):
    """Where somebody wrote."""

    MESSAGE = "message"
    JOURNAL = "journal"
    ANSWER = "answer"
    INTENTION = "intention"
    CHECK_IN = "check_in"
    COMPLAINT = "complaint"

    @property
    def is_kept_from_team(self) -> bool:
        """Whether the treating team reads neither the words nor where they stand."""
        return self is DangerPlace.COMPLAINT


def told_to_team(found: Iterable[DangerFound], place: DangerPlace) -> tuple[DangerFound, ...]:
    """Return what the team hears of: all, or only what is pressing where the words are kept from it."""
    pressing = (Concern.LIFE, Concern.BODY, Concern.OTHERS)
    return tuple(each for each in found if not place.is_kept_from_team or each.concern in pressing)
