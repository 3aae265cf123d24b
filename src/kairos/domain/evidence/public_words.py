"""What a text for patients or strangers may not say: claims that do not hold, banned words, other numbers.

An override lets one wording stand in one place and says why; where it lets a number stand it may name the
claim that states it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kairos.domain.evidence.claim_patterns import ClaimPatterns, Phrases
from kairos.domain.evidence.claim_reading import faults_of_text
from kairos.domain.evidence.claims import GradedClaim
from kairos.domain.evidence.plain_words import plain_words
from kairos.domain.evidence.readable import Readable
from kairos.domain.evidence.sentences import sentences_of

_NUMBER = re.compile(r"(?<![\w{/-])\d+(?:[.,:]\d+)*(?![\w}])")
_FILLED = re.compile(r"\{[^{}]*\}(?: of 100\b)?")


@dataclass(frozen=True, slots=True)
class BannedWords:
    """Words that promise more than is known, and the claim whose better statement may be said instead."""

    says: Phrases
    claim: str


@dataclass(frozen=True, slots=True)
class WordingOverride:
    """A wording that may stand in one place, and why. ``claim`` states the number that it lets stand."""

    where: str
    says: str
    reason: str
    claim: str = ""

    def lets_stand(self, where: str, sentence: str) -> bool:
        """Whether it speaks of this place and this sentence."""
        return self.where == where and plain_words(self.says).line in plain_words(sentence).line


@dataclass(frozen=True, slots=True)
class PublicWords:
    """Everything by which a text for patients or strangers is read."""

    patterns: ClaimPatterns
    claims: Mapping[str, GradedClaim]
    banned: tuple[BannedWords, ...]
    overrides: tuple[WordingOverride, ...]

    def faults(self, where: str, text: str, *, numbers: bool = True) -> Iterator[str]:
        """Yield what is wrong with a text, sentence by sentence.

        Parameters
        ----------
        where       the file, as overrides name it
        numbers     whether numbers must be registered; not where the text names its own sources
        """
        found = faults_of_text(Readable(text, tuple(range(len(text) + 1))), self.patterns, self.claims)
        said = [(each.sentence, f"says {each.row}", each.better) for each in found]
        for sentence in sentences_of(text):
            said += [(sentence.words, told, better) for told, better in self._words(sentence.words)]
            said += self._numbers(sentence.words) if numbers else []
        for words, told, better in said:
            if not any(override.lets_stand(where, words) for override in self.overrides):
                yield f"{told}: {words!r}; {better}"

    def _words(self, sentence: str) -> Iterator[tuple[str, str]]:
        words = plain_words(sentence)
        for banned in self.banned:
            for first, last in banned.says.spans(words):
                said = " ".join(words.words[first : last + 1])
                better = f"say instead ({banned.claim}): {self.claims[banned.claim].better}"
                yield f"has the banned word {said!r}", better

    def _numbers(self, sentence: str) -> list[tuple[str, str, str]]:
        stated = _NUMBER.findall(_FILLED.sub("{}", sentence))
        return [(sentence, f"states {number}", "no registered figure says so") for number in stated]
