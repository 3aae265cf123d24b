"""What must be on record before a dose at home: a trained, willing adult, and a plan for an emergency.

Statements are only added. What stands is read from the newest of each kind; nothing on record is not known,
and not known opens nothing. Rows S-047 and S-048.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.verdict import Verdict

PLAN_FIELDS = ("address", "access", "phone", "who", "nearest")
"""What an emergency plan holds: where, how to get in, a telephone, who is there, the nearest service."""
SUPPORT_FIELDS = ("name", "phone")


class StatementKind(StrEnum):
    """What was recorded about sessions at home."""

    SUPPORT_NAMED = "support_named"
    QUIZ_ANSWERED = "quiz_answered"
    SUPPORT_AGREED = "support_agreed"
    SUPPORT_ENDED = "support_ended"
    PLAN_WRITTEN = "plan_written"
    PLAN_VERIFIED = "plan_verified"
    MORNING_ANSWERED = "morning_answered"
    SUPPLY_ORDERED = "supply_ordered"


@dataclass(frozen=True, slots=True)
class HomeStatement:
    """One statement: of what kind, about which support person or plan, when; and for which appointment.

    ``until`` is the end of what it proves, such as a training; ``wrong`` are questions answered wrongly.
    """

    kind: StatementKind
    subject: UUID
    at: datetime
    session: UUID | None = None
    until: datetime | None = None
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SupportStanding:
    """How the newest support person stands, and what is left: ids of texts under ``home.lacks.``."""

    subject: UUID | None
    lacks: Mapping[str, Verdict] = field(default_factory=dict)
    trained_until: datetime | None = None

    @property
    def verdict(self) -> Verdict:
        """Met where nothing is left; not met where something speaks against; else not known."""
        return _overall(self.lacks.values())


def support_standing(statements: Sequence[HomeStatement], *, now: datetime) -> SupportStanding:
    """Return whether the newest support person is trained, has agreed, and was not ended.

    Parameters
    ----------
    statements : sequence    in the order they were recorded
    """
    named = _newest(statements, StatementKind.SUPPORT_NAMED)
    if named is None:
        return SupportStanding(None, {"named": Verdict.UNKNOWN})
    own = [each for each in statements if each.subject == named.subject]
    if _newest(own, StatementKind.SUPPORT_ENDED) is not None:
        return SupportStanding(named.subject, {"ended": Verdict.NOT_MET})
    trained = _newest(own, StatementKind.QUIZ_ANSWERED)
    lacks = {"trained": _trained(trained, now)}
    if _newest(own, StatementKind.SUPPORT_AGREED) is None:
        lacks["agreed"] = Verdict.UNKNOWN
    lacks = {name: verdict for name, verdict in lacks.items() if verdict is not Verdict.MET}
    return SupportStanding(named.subject, lacks, trained.until if trained else None)


def _trained(newest: HomeStatement | None, now: datetime) -> Verdict:
    """Return whether the newest attempt was passed and still holds; a later wrong answer undoes a pass."""
    if newest is None:
        return Verdict.UNKNOWN
    is_held = newest.until is not None and now < newest.until
    return Verdict.MET if is_held else Verdict.NOT_MET


def plan_standing(statements: Sequence[HomeStatement], *, session: UUID) -> Verdict:
    """Return whether the newest emergency plan was gone through for this appointment."""
    written = _newest(statements, StatementKind.PLAN_WRITTEN)
    if written is None:
        return Verdict.UNKNOWN
    checked = [
        each
        for each in statements
        if each.kind is StatementKind.PLAN_VERIFIED
        and each.subject == written.subject
        and each.session == session
    ]
    return Verdict.MET if checked else Verdict.NOT_MET


def newest_plan(statements: Sequence[HomeStatement]) -> UUID | None:
    """Return which emergency plan holds; None where none was written."""
    written = _newest(statements, StatementKind.PLAN_WRITTEN)
    return written.subject if written else None


def check_home_ready(statements: Sequence[HomeStatement], *, session: UUID, now: datetime) -> None:
    """Refuse a dose at home without a trained, willing adult and a verified plan.

    Raises
    ------
    NotAllowed    naming everything that is missing
    """
    lacking = [_LACKS[name] for name in support_standing(statements, now=now).lacks]
    if plan_standing(statements, session=session) is not Verdict.MET:
        lacking.append("the emergency plan is not verified for this session")
    if lacking:
        raise NotAllowed(f"no dose at home: {'; '.join(lacking)}. Put it right on the page of the home first")


def check_may_act(statements: Sequence[HomeStatement], subject: UUID) -> None:
    """Refuse a support person who was ended, or in whose place another was named.

    Raises
    ------
    NotAllowed
    """
    named = _newest(statements, StatementKind.SUPPORT_NAMED)
    ended = [each for each in statements if each.kind is StatementKind.SUPPORT_ENDED]
    if named is None or named.subject != subject or any(each.subject == subject for each in ended):
        raise NotAllowed("this person's access has ended; name a support person again first")


def check_filled(words: Mapping[str, str], fields: Sequence[str]) -> dict[str, str]:
    """Return the words, stripped, or refuse each field that is empty.

    Raises
    ------
    InvalidInput
    """
    told = {name: words.get(name, "").strip() for name in fields}
    lacking = [name for name, value in told.items() if not value]
    if lacking:
        raise InvalidInput(
            *(Problem(name, "is empty; nobody can be sent or called without it") for name in lacking)
        )
    return told


def _newest(statements: Sequence[HomeStatement], kind: StatementKind) -> HomeStatement | None:
    return next((each for each in reversed(statements) if each.kind is kind), None)


def _overall(found: Collection[Verdict]) -> Verdict:
    if Verdict.NOT_MET in found:
        return Verdict.NOT_MET
    return Verdict.UNKNOWN if found else Verdict.MET


_LACKS = {
    "named": "no support person is named",
    "ended": "the support person's access has ended",
    "trained": "the support person has no training that holds today",
    "agreed": "the support person has not agreed",
}
