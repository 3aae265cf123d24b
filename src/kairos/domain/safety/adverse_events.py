"""Adverse events: what happened to a person, how strong, whether serious, and what came of it.

Severity is how strong it is; seriousness is what it led to. Something may be strong and not serious (a severe
headache), or mild and serious. Seriousness follows the criteria of the regulation; one of them is enough.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kairos.vocab.errors import InvalidInput, NotAllowed, Problem


class EventSeverity(StrEnum):
    """How strong it was."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


class Criterion(StrEnum):
    """What makes an adverse event serious (21 CFR 312.32(a), 314.80(a)); block B2 of Form FDA 3500A."""

    DEATH = "death"
    LIFE_THREATENING = "life_threatening"
    HOSPITALISATION = "hospitalisation"
    DISABILITY = "disability"
    CONGENITAL_ANOMALY = "congenital_anomaly"
    IMPORTANT_MEDICAL_EVENT = "important_medical_event"


class Relatedness(StrEnum):
    """How likely the treatment caused it (WHO-UMC system); ``NOT_ASSESSED`` until somebody says."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"
    CONDITIONAL = "conditional"
    UNASSESSABLE = "unassessable"
    NOT_ASSESSED = "not_assessed"


class ActionTaken(StrEnum):
    """What was done with the treatment (ICH E2B(R3), G.k.8)."""

    WITHDRAWN = "withdrawn"
    REDUCED = "reduced"
    INCREASED = "increased"
    NOT_CHANGED = "not_changed"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


class EventOutcome(StrEnum):
    """What came of it (ICH E2B(R3), E.i.7)."""

    RECOVERED = "recovered"
    RECOVERING = "recovering"
    NOT_RECOVERED = "not_recovered"
    RECOVERED_WITH_SEQUELAE = "recovered_with_sequelae"
    FATAL = "fatal"
    UNKNOWN = "unknown"


_ENDED = frozenset({EventOutcome.RECOVERED, EventOutcome.RECOVERED_WITH_SEQUELAE, EventOutcome.FATAL})


@dataclass(frozen=True, slots=True)
class AdverseEvent:
    """One adverse event as it is known now. ``term`` is a code of the content, or ``other`` with ``named``.

    ``onset_at`` where the moment is known (from a session); ``ended_on`` None while it goes on or is unknown.
    """

    term: str
    named: str
    onset_on: date
    severity: EventSeverity
    criteria: frozenset[Criterion]
    relatedness: Relatedness
    action: ActionTaken
    outcome: EventOutcome
    told: str
    onset_at: datetime | None = None
    ended_on: date | None = None

    @property
    def is_serious(self) -> bool:
        """Whether one of the criteria holds."""
        return bool(self.criteria)


OTHER_TERM = "other"


def check_adverse_event(event: AdverseEvent, *, terms: frozenset[str], today: date) -> None:
    """Refuse an event that cannot be, or contradicts itself.

    Parameters
    ----------
    terms : codes    the terms of the content
    today : date     at the site

    Raises
    ------
    InvalidInput
    """
    problems = [*_term_problems(event, terms), *_day_problems(event, today)]
    is_fatal = event.outcome is EventOutcome.FATAL
    if is_fatal != (Criterion.DEATH in event.criteria):
        problems.append(Problem("criteria", "death and a fatal outcome belong together: both or neither"))
    if event.is_serious and not event.told.strip():
        problems.append(Problem("told", "is empty; a serious event is described in words"))
    if problems:
        raise InvalidInput(*problems)


def check_may_replace(before: AdverseEvent | None, *, reason: str) -> None:
    """Refuse a newer version that gives no reason for what it changes. Raises InvalidInput."""
    if before is not None and not reason.strip():
        raise InvalidInput(Problem("reason", "is empty; say what is changed and why"))


def _term_problems(event: AdverseEvent, terms: frozenset[str]) -> list[Problem]:
    if event.term == OTHER_TERM:
        return [] if event.named.strip() else [Problem("named", "is empty; name what happened")]
    return [] if event.term in terms else [Problem("term", "is not in the list; choose one, or other")]


def _day_problems(event: AdverseEvent, today: date) -> list[Problem]:
    problems = []
    if event.onset_on > today:
        problems.append(Problem("onset_on", "lies ahead of today; check the day"))
    if event.ended_on is not None:
        if event.ended_on < event.onset_on or event.ended_on > today:
            problems.append(Problem("ended_on", "must lie between the onset and today"))
        if event.outcome not in _ENDED:
            problems.append(
                Problem("outcome", "what has ended is recovered, recovered with sequelae, or fatal")
            )
    return problems


class Expectedness(StrEnum):
    """Whether the label or the consent names it, in nature and strength."""

    EXPECTED = "expected"
    UNEXPECTED = "unexpected"
    NOT_DECIDED = "not_decided"


class ReportDecision(StrEnum):
    """What the review decides about telling the authority."""

    REPORT = "report"
    NO_REPORT = "no_report"
    MORE_NEEDED = "more_needed"


@dataclass(frozen=True, slots=True)
class EventReview:
    """What the review of a serious event came to; ``account`` in words, under the person's key."""

    expectedness: Expectedness
    decision: ReportDecision
    account: str


def check_event_review(
    review: EventReview, *, is_serious: bool, treated: bool, others_may: bool, is_reviewed: bool
) -> None:
    """Refuse a review without an account, a second one, and one by who treated where somebody else may.

    Parameters
    ----------
    treated : bool       whether the reviewer made an entry in the session or reported the event
    others_may : bool    whether somebody else of the programme may review and did not treat

    Raises
    ------
    InvalidInput, NotAllowed
    """
    if not is_serious:
        raise NotAllowed("only a serious event is reviewed; this one meets none of the criteria")
    if is_reviewed:
        raise NotAllowed("this event is reviewed as it stands; change the event first, then review it again")
    if treated and others_may:
        raise NotAllowed("whoever treated or reported does not review it; ask one of the others who may")
    if not review.account.strip():
        raise InvalidInput(Problem("account", "is empty; say what was looked at and what was found"))
