"""Words of psychotherapy out of the content: headings, cards, aims, ratings, for team and patient."""

from collections.abc import Iterable
from typing import Any

from kairos.content.release import load_release
from kairos.domain.evidence.texts import Audience
from kairos.domain.protocols.therapy import SessionKind
from kairos.domain.protocols.triads import Preparation


def said(message: str, audience: Audience = Audience.CLINICIAN) -> str:
    """Return a text of the content without places to fill."""
    return load_release().texts.template(message, audience=audience)


def kind_words(kind: SessionKind) -> str:
    """Return what a kind of session is called."""
    return said(f"therapy.kind.{kind}")


def aims_words(aims: Iterable[str], audience: Audience = Audience.CLINICIAN) -> list[str]:
    """Return aims in words."""
    return [said(f"therapy.aim.{aim}", audience) for aim in aims]


def preparation_words(standing: Preparation) -> str:
    """Return in a sentence whether preparation is done."""
    told: dict[str, Any] = {"held": standing.held, "needed": standing.needed, "unsigned": standing.unsigned}
    return load_release().texts.render(f"therapy.preparation.{standing.verdict}", told)
