"""Askings as they are kept: behind a link, behind a deadline, and what was answered so far."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from kairos.domain.instruments.answer_link import AnswerLink, LinkPurpose
from kairos.domain.instruments.asking import Asking, Given
from kairos.store.repositories import questionnaires
from kairos.store.repositories.deadlines import Deadline
from kairos.store.repositories.links import OneTapLink
from kairos.store.repositories.questionnaires import QuestionnaireResponse
from kairos.vocab.people import Scope

_ALWAYS = datetime.min.replace(tzinfo=UTC)


def asking_of_link(link: OneTapLink) -> Asking:
    """Return the asking that a link serves."""
    named = link.details.get("instruments", ())
    return Asking(link.subject or link.id, link.details.get("timepoint", ""), tuple(named))


def asking_of_deadline(deadline: Deadline) -> Asking:
    """Return the asking that a deadline stands for."""
    timepoint = deadline.kind.partition(".")[2]
    return Asking(deadline.subject, timepoint, tuple(deadline.details["instruments"]))


def as_answer_link(link: OneTapLink) -> AnswerLink:
    """Return a kept link as the domain judges it; it can be used from the moment it was made."""
    asking = asking_of_link(link)
    return AnswerLink(
        id=link.id,
        request_id=asking.subject,
        instrument="+".join(asking.instruments),
        purpose=LinkPurpose(link.purpose),
        opens_at=_ALWAYS,
        expires_at=link.expires_at,
        spent_at=link.used_at,
        revoked_at=link.revoked_at,
    )


def given_so_far(scope: Scope, asking: Asking) -> dict[str, Given]:
    """Return the answers of an asking by questionnaire, whether they were sent in or not."""
    drafts = {name: questionnaires.find_draft(scope, asking.request_id(name)) for name in asking.instruments}
    return {name: dict(draft.answers) for name, draft in drafts.items() if draft}


def still_open(
    scope: Scope, person_id: UUID, asking: Asking, responses: Iterable[QuestionnaireResponse] | None = None
) -> tuple[str, ...]:
    """Return the questionnaires of an asking that were not sent in yet."""
    known = questionnaires.responses_of(scope, person_id) if responses is None else responses
    sent = {r.instrument for r in known if (r.subject, r.timepoint) == (asking.subject, asking.timepoint)}
    return tuple(name for name in asking.instruments if name not in sent)
