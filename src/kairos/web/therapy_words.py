"""Words of psychotherapy out of the content: headings, cards, aims, ratings, for team and patient."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from kairos.domain.evidence.texts import Audience
from kairos.domain.protocols.therapy import SessionKind
from kairos.domain.protocols.triads import Preparation
from kairos.queries.therapy import TherapyPage
from kairos.web.languages import spoken_release


def said(message: str, audience: Audience = Audience.CLINICIAN) -> str:
    """Return a text of the content without places to fill."""
    return spoken_release().texts.template(message, audience=audience)


def kind_words(kind: SessionKind) -> str:
    """Return what a kind of session is called."""
    return said(f"therapy.kind.{kind}")


def aims_words(aims: Iterable[str], audience: Audience = Audience.CLINICIAN) -> list[str]:
    """Return aims in words."""
    return [said(f"therapy.aim.{aim}", audience) for aim in aims]


def preparation_words(standing: Preparation) -> str:
    """Return in a sentence whether preparation is done."""
    told: dict[str, Any] = {"held": standing.held, "needed": standing.needed, "unsigned": standing.unsigned}
    return spoken_release().texts.render(f"therapy.preparation.{standing.verdict}", told)


def continuity_words(page: TherapyPage) -> str:
    """Return in a sentence how often the same person was there; nothing before the first session."""
    if page.continuity is None:
        return ""
    name = page.names.get(page.continuity.who, "")
    told = {"name": name, "count": page.continuity.count, "of": page.continuity.of}
    return _("%(name)s was there at %(count)s of %(of)s sessions that were held.") % told


def refusal(error: Exception) -> str:
    """Return a refusal as a sentence."""
    told = str(error)
    return f"{told[:1].upper()}{told[1:]}."
