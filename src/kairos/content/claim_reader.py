"""The reader of claims: the registry and the ideas of its claims, put together to read a text."""

from dataclasses import dataclass
from functools import cache

from kairos.content.load_citations import load_citations
from kairos.content.load_claim_patterns import load_claim_patterns
from kairos.content.load_claims import load_claims
from kairos.content.loader import ContentSource, Lint, read_source
from kairos.domain.evidence.claim_patterns import ClaimPatterns
from kairos.domain.evidence.claim_reading import ClaimFault, faults_of_text
from kairos.domain.evidence.claims import GradedClaim
from kairos.domain.evidence.readable import TextForm, readable


@dataclass(frozen=True, slots=True)
class ClaimReader:
    """What a text is read by."""

    patterns: ClaimPatterns
    claims: dict[str, GradedClaim]

    def faults(self, text: str, form: TextForm = TextForm.PLAIN) -> list[ClaimFault]:
        """Return every sentence that puts forward a claim which does not hold."""
        return faults_of_text(readable(text, form), self.patterns, self.claims)


@cache
def load_claim_reader() -> ClaimReader:
    """Return the reader of the content that ships."""
    return read_claim_reader(read_source())


def read_claim_reader(source: ContentSource) -> ClaimReader:
    """Return the reader of some content; of all its kinds only what a reader needs is loaded.

    Raises
    ------
    ContentError    claims or patterns that cannot be read, with file and line
    """
    lint = Lint()
    lint.citations = frozenset(load_citations(source, lint))
    claims = load_claims(source, lint)
    patterns = load_claim_patterns(source, lint, claims=claims)
    lint.finish()
    return ClaimReader(patterns, dict(claims))
