"""Codes of drugs that content knows from memory: matched by name, marked until somebody looked them up."""

from collections.abc import Iterable
from dataclasses import dataclass

from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.concepts import ConceptMap, ValueSetEntry
from kairos.vocab.codes import Code
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.facts import FactKind


@dataclass(frozen=True, slots=True, order=True)
class WaitingCode:
    """A code that content wrote down from memory, and the drug it is taken to mean."""

    system: str
    code: str
    concept: str


def is_from_memory(entry: ValueSetEntry) -> bool:
    """Whether nobody of us has read this code where it is published."""
    return entry.certainty == Certainty.MEMORY


def waiting_code(code: Code | None, concept: str, concepts: ConceptMap) -> WaitingCode | None:
    """Return the code of an entry where it still waits for somebody's word; nothing where it does not."""
    if code is None:
        return None
    for entry in concepts.meanings(code, kind=FactKind.MEDICATION):
        if entry.concept == concept and is_from_memory(entry):
            return WaitingCode(entry.system, entry.pattern, concept)
    return None


def check_waits(concepts: ConceptMap, *, system: str, code: str, concept: str) -> None:
    """Refuse a code that content does not know from memory as one of this drug.

    Raises
    ------
    InvalidInput    names the code
    """
    if waiting_code(Code(system, code), concept, concepts) is None:
        drug = concept.replace("_", " ")
        raise InvalidInput(Problem("code", f"{system} {code} does not wait to be confirmed as {drug}"))


def named_among(wordings: Iterable[str], concepts: ConceptMap) -> frozenset[str]:
    """Return every drug whose name occurs in one of the wordings."""
    return frozenset(name for words in wordings for name in concepts.ingredients_named(words))
