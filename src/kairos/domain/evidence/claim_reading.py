"""Which claims of the registry a text puts forward that it should not, sentence by sentence."""

from collections.abc import Mapping
from dataclasses import dataclass

from kairos.domain.evidence.claim_patterns import ClaimIdea, ClaimPatterns
from kairos.domain.evidence.claims import ClaimVerdict, GradedClaim
from kairos.domain.evidence.plain_words import PlainWords, plain_words
from kairos.domain.evidence.readable import Readable
from kairos.domain.evidence.sentences import Sentence, sentences_of

_NOTHING = PlainWords((), frozenset())


@dataclass(frozen=True, slots=True)
class ClaimFault:
    """A sentence that puts forward a claim which does not hold, and what may be said instead.

    ``start`` and ``end`` count characters of the file it was read from.
    """

    sentence: str
    start: int
    end: int
    row: str
    verdict: ClaimVerdict
    better: str


def faults_of_text(
    read: Readable, patterns: ClaimPatterns, claims: Mapping[str, GradedClaim]
) -> list[ClaimFault]:
    """Return every fault of a text in its order; one sentence may have several, a question has none.

    Parameters
    ----------
    read        what people read of a file; English only
    patterns    the ideas that are looked for
    claims      the registry, by id
    """
    return [
        _fault(sentence, read, idea, claims[idea.claim])
        for sentence in sentences_of(read.text)
        if not sentence.words.endswith("?")
        for idea in patterns.claims_in(
            plain_words(sentence.words), plain_words(sentence.lead) if sentence.lead else _NOTHING
        )
    ]


def _fault(sentence: Sentence, read: Readable, idea: ClaimIdea, claim: GradedClaim) -> ClaimFault:
    start, end = read.place(sentence.start, sentence.end)
    verdict = ClaimVerdict.OVERSTATED if idea.stretched else claim.verdict
    return ClaimFault(sentence.words, start, end, claim.id, verdict, claim.better)
