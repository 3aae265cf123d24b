"""Reviewing a release before it is signed: what is new in it, and which values a programme may set itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from kairos.domain.evidence.citations import Basis
from kairos.domain.evidence.parameters import ParameterBook, ParameterValue
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.quantities import ONE, Quantity

JUDGED_BY_PEOPLE = frozenset({Basis.CONSENSUS, Basis.DEFAULT})
"""No label, trial or guideline speaks here: a medical director decides about these one by one."""
_FIRST_ANYWHERE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One parameter of the release on offer beside what was signed last.

    ``own`` is the programme's own value in force; ``signed`` what the release signed last said, without it.
    """

    offered: ParameterValue
    signed: ParameterValue | None
    own: Quantity | None
    is_new: bool

    @property
    def id(self) -> str:
        """The parameter."""
        return self.offered.id

    @property
    def is_decided_by_people(self) -> bool:
        """Whether a medical director decides about it, rather than a label, a trial or a guideline."""
        return self.offered.basis in JUDGED_BY_PEOPLE

    @property
    def may_keep_own(self) -> bool:
        """Whether the programme's own value, if it has one, may stand over the release on offer."""
        return self.own is None or allows(self.offered, self.own)

    @property
    def wants_decision(self) -> bool:
        """Whether nobody may sign before this one was looked at."""
        return (self.is_new and self.is_decided_by_people) or not self.may_keep_own


def review_items(
    offered: ParameterBook, signed: ParameterBook | None, own: Mapping[str, Quantity], *, on: date
) -> tuple[ReviewItem, ...]:
    """Return every parameter of a release on offer, compared with the release signed last.

    Parameters
    ----------
    signed : book      the release signed last, as released; None where none was
    own : mapping      the programme's own values in force on the day, by parameter
    """
    return tuple(_items(offered, signed, own, on))


def _items(
    offered: ParameterBook, signed: ParameterBook | None, own: Mapping[str, Quantity], on: date
) -> Iterator[ReviewItem]:
    for name in offered:
        value = _on(offered, name, on)
        before = _on(signed, name, on) if signed is not None and name in signed else None
        is_new = before is None or offered.dated(name) != (signed.dated(name) if signed else ())
        yield ReviewItem(value, before, own.get(name), is_new)


def _on(book: ParameterBook, name: str, on: date) -> ParameterValue:
    """Return the value in force on a day, or the first one to come."""
    dated = book.dated(name)
    return dated[0] if on < dated[0].from_day else book.entry(name, on=on)


def allows(released: ParameterValue, own: Quantity) -> bool:
    """Whether a programme may set this value over the released one."""
    is_same_unit = own.unit == released.quantity.unit
    return is_same_unit and released.range is not None and own.value in released.range


def own_value(released: ParameterValue, value: float, reason: str) -> Quantity:
    """Return a programme's own value, if the release leaves the choice and a reason is given.

    Raises
    ------
    InvalidInput    naming the value, its unit, the range and what to do
    """
    unit = released.quantity.unit
    if released.range is None:
        message = f"{_worded(value, unit)} cannot be set: {_no_choice(released)}"
        raise InvalidInput(Problem(released.id, message))
    problems = []
    if value not in released.range:
        low, high = released.range.low, released.range.high
        problems.append(
            Problem(
                released.id,
                f"{_worded(value, unit)} is outside {low:g} to {_worded(high, unit)};"
                " choose a value inside, or keep the released one",
            )
        )
    if not reason.strip():
        problems.append(Problem(f"{released.id}.reason", "is empty; say why this programme differs"))
    if problems:
        raise InvalidInput(*problems)
    return Quantity(value, unit)


def _no_choice(released: ParameterValue) -> str:
    if released.basis not in JUDGED_BY_PEOPLE:
        return f"the released value rests on a {released.basis.value}; keep it"
    return "the release states no range for it; keep the released value"


def _worded(value: float, unit: str) -> str:
    return f"{value:g}" if unit == ONE else f"{value:g} {unit}"


def first_day_anywhere(now: datetime) -> date:
    """Return the earliest calendar day that it is anywhere at this moment.

    A value that is signed holds from this day on, so that no site's clock falls before it.
    """
    return (now.astimezone(UTC) - _FIRST_ANYWHERE).date()


@dataclass(frozen=True, slots=True)
class ParameterDecision:
    """What a medical director decided about one parameter: a value of the programme's own, or as released."""

    parameter: str
    value: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseReview:
    """How far the review of a release on offer is, beside what the programme signed last.

    ``decided`` holds the newest decision about each parameter; ``gone`` the parameters that the release
    on offer no longer has; ``is_signed`` whether the pair in force stands as it was signed.
    """

    version: str
    signed_version: str
    is_signed: bool
    items: tuple[ReviewItem, ...]
    decided: Mapping[str, ParameterDecision]
    gone: tuple[str, ...] = ()

    @property
    def wanted(self) -> tuple[ReviewItem, ...]:
        """The items that nobody may sign past without having looked at them."""
        return tuple(item for item in self.items if item.wants_decision)

    @property
    def left(self) -> tuple[ReviewItem, ...]:
        """Those of them that nobody has decided yet."""
        return tuple(item for item in self.wanted if item.id not in self.decided)

    @property
    def changed_own(self) -> dict[str, Quantity | None]:
        """The programme's values that a signature would set, by parameter; ``None`` gives one back."""
        wished = {item.id: (item, self.wished(item)) for item in self.items if item.id in self.decided}
        return {name: value for name, (item, value) in wished.items() if value != item.own}

    def wished(self, item: ReviewItem) -> Quantity | None:
        """Return the programme's own value as it would stand after a signature."""
        decided = self.decided.get(item.id)
        if decided is None:
            return item.own
        unit = item.offered.quantity.unit
        return None if decided.value is None else Quantity(decided.value, unit)

    @property
    def is_needed(self) -> bool:
        """Whether there is anything that a signature would bring into force."""
        return not self.is_signed or self.version != self.signed_version or bool(self.changed_own)

    @property
    def fingerprint(self) -> str:
        """What was on the screen of whoever signs: the versions and every decision."""
        told = [self.version, self.signed_version, str(self.is_signed)]
        told += [f"{d.parameter}={d.value}:{d.reason}" for _, d in sorted(self.decided.items())]
        return sha256("\n".join(told).encode()).hexdigest()

    def check_ready(self, seen: str) -> None:
        """Refuse a signature that is too early, or under something else than what was seen.

        Raises
        ------
        NotAllowed
        """
        if seen != self.fingerprint:
            raise NotAllowed("the review has changed since you opened the page; look again, then sign")
        if not self.is_needed:
            raise NotAllowed("this release and these values are signed already; there is nothing new to sign")
        if self.left:
            first = ", ".join(item.id for item in self.left[:3])
            raise NotAllowed(
                f"{len(self.left)} of {len(self.wanted)} values are not reviewed yet ({first});"
                " decide about each, then sign"
            )
