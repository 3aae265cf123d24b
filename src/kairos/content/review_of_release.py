"""The review of a release on offer: it beside the one signed last, and what was decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kairos.content.in_force import (
    ContentInForce,
    KeptFiles,
    KeptPair,
    KeptValue,
    in_force,
    readable_release,
)
from kairos.content.release import ContentRelease
from kairos.domain.evidence.review import (
    ParameterDecision,
    ReleaseReview,
    first_day_anywhere,
    review_items,
)
from kairos.vocab.quantities import Quantity


class KeptDecision(Protocol):
    """What was decided about one parameter, as it is kept."""

    @property
    def value(self) -> float | None:
        """The programme's own value; without one the release's holds."""

    @property
    def reason(self) -> str:
        """Why."""


class KeptReview(Protocol):
    """What the database keeps of a programme's review of a release."""

    @property
    def pair(self) -> KeptPair:
        """What is in force meanwhile."""

    @property
    def signed_version(self) -> str:
        """The release signed last; empty where none was."""

    @property
    def decided(self) -> Mapping[str, KeptDecision]:
        """The newest decision about each parameter."""


def review_as_kept(
    offered: ContentRelease, kept: KeptReview, files: KeptFiles, *, now: datetime
) -> ReleaseReview:
    """Return the review of a release as it stands."""
    return review_of_release(
        offered,
        readable_release(kept.signed_version, files) if kept.signed_version else None,
        signed_version=kept.signed_version,
        is_signed=kept.pair.is_signed,
        own=kept.pair.values,
        decided={name: ParameterDecision(name, d.value, d.reason) for name, d in kept.decided.items()},
        on=first_day_anywhere(now),
    )


def review_of_release(
    offered: ContentRelease,
    signed: ContentRelease | None,
    *,
    signed_version: str,
    is_signed: bool,
    own: Iterable[KeptValue],
    decided: Mapping[str, ParameterDecision],
    on: date,
) -> ReleaseReview:
    """Return how far the review is.

    Parameters
    ----------
    signed : ContentRelease    the release signed last; None where none was, or where this program cannot
                               read it any more: then everything is new
    is_signed : bool           whether the pair in force stands as it was signed
    own : values               the programme's, oldest first
    """
    before = signed.parameters if signed else None
    items = review_items(offered.parameters, before, own_on(own, on), on=on)
    gone = tuple(name for name in before if name not in offered.parameters) if before else ()
    return ReleaseReview(offered.version, signed_version, is_signed, items, decided, gone)


def own_on(own: Iterable[KeptValue], on: date) -> dict[str, Quantity]:
    """Return the programme's own values in force on a day, by parameter."""
    newest = {each.parameter: each for each in own if each.in_force_from <= on}
    return {
        name: Quantity(float(each.value), each.unit)
        for name, each in newest.items()
        if each.value is not None
    }


@dataclass(frozen=True, slots=True)
class WishedValue:
    """A programme's own value as a signature would set it."""

    parameter: str
    in_force_from: date
    value: float | None
    unit: str


def content_if_signed(
    review: ReleaseReview, offered: ContentRelease, own: Iterable[KeptValue], *, on: date
) -> ContentInForce:
    """Return the content that a signature under a review, as it stands, would bring into force."""
    units = {item.id: item.offered.quantity.unit for item in review.items}
    wished = (
        WishedValue(name, on, None if value is None else value.value, units[name])
        for name, value in review.changed_own.items()
    )
    return in_force(offered, (*own, *wished), overlay_version="", is_signed=False)
