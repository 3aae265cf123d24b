"""One-tap links: what a link may do, until when, and what it answers to. Signing is not done here.

A link names no one. Opening it (GET) changes nothing and shows no name and no earlier answer; only
sending an answer does something. It serves one questionnaire at one time of asking, and is spent when
that is submitted.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kairos.vocab.instants import check_aware


class LinkPurpose(StrEnum):
    """What a link is good for. A link for one purpose opens nothing else."""

    ANSWER_QUESTIONNAIRE = "answer_questionnaire"


class LinkState(StrEnum):
    """Whether a link can be used now. Only ``OPEN`` takes answers."""

    OPEN = "open"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    SPENT = "spent"
    REVOKED = "revoked"
    WRONG_PURPOSE = "wrong_purpose"


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """A link as it is kept. ``id`` is all that the signed address carries besides purpose and expiry.

    ``request_id`` is the time of asking it serves. Drafts may be saved again and again until
    ``spent_at``, which submitting sets.
    """

    id: UUID
    request_id: UUID
    instrument: str
    purpose: LinkPurpose
    opens_at: datetime
    expires_at: datetime
    spent_at: datetime | None = None
    revoked_at: datetime | None = None


def link_state(link: AnswerLink, purpose: LinkPurpose, *, now: datetime) -> LinkState:
    """Return whether a link can be used for a purpose now.

    Raises
    ------
    ValueError    ``now`` without a time zone
    """
    check_aware(now, name="now")
    if link.purpose is not purpose:
        return LinkState.WRONG_PURPOSE
    if link.revoked_at is not None:
        return LinkState.REVOKED
    if link.spent_at is not None:
        return LinkState.SPENT
    if now < link.opens_at:
        return LinkState.NOT_YET
    return LinkState.OPEN if now < link.expires_at else LinkState.EXPIRED
