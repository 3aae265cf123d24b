"""The scales that are rated at the chair: which scores exist on them."""

from kairos.domain.sessions.events import DissociationScale
from kairos.vocab.errors import InvalidInput, Problem

SEDATION = "moaas"
SCORES: dict[str, range] = {
    SEDATION: range(6),
    DissociationScale.NOUGHT_TO_TEN.value: range(11),
    DissociationScale.CADSS6.value: range(25),
    DissociationScale.CADSS.value: range(93),
}
"""MOAA/S runs from 0 to 5; CADSS has 23 items and CADSS-6 six, each from 0 to 4."""


def check_score(scale: str, score: int) -> None:
    """Refuse a score that the scale does not have.

    Raises
    ------
    InvalidInput
    """
    possible = SCORES[scale]
    if score not in possible:
        most = possible[-1]
        raise InvalidInput(Problem("score", f"must be {possible[0]} to {most} on this scale"))
