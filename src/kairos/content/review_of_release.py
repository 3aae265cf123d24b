"""The review of a release on offer: it beside the one signed last, and what was decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kairos.content.in_force import ContentInForce, KeptValue, in_force
from kairos.content.release import ContentRelease
from kairos.domain.evidence.review import ParameterDecision, ReleaseReview, review_items
from kairos.vocab.quantities import Quantity


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
