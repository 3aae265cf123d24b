"""Links without an account to one session at home: for whom, and until when. Row S-047."""

from datetime import datetime
from enum import StrEnum

from kairos.domain.protocols.limits import LimitsInForce
from kairos.vocab.errors import NotAllowed


class HomeLink(StrEnum):
    """What a link opens: the person's session, the support person's screen, a training, the next morning."""

    PATIENT = "home_patient"
    SUPPORT = "home_support"
    TRAINING = "support_training"
    MORNING = "home_morning"


def link_ends(kind: HomeLink, *, starts_at: datetime, now: datetime, limits: LimitsInForce) -> datetime:
    """Return when a link closes: some hours after the planned start, a training's some days from now.

    Raises
    ------
    NotAllowed    the session lies so far back that its link would be closed already
    """
    if kind is HomeLink.TRAINING:
        return now + limits.span("home.training_link")
    ends = starts_at + limits.span("home.session_link")
    if ends <= now:
        raise NotAllowed("this session is over; its links are closed")
    return ends
