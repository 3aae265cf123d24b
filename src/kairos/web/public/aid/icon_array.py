"""One hundred people as ten rows of ten: had it anyway, had it because of the medicine, had it not."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kairos.domain.evidence.figures import Count

_SIDE = 10
_STEP = 21
_EDGE = 11
_RADIUS = 7.5


@dataclass(frozen=True, slots=True)
class Dot:
    """One person: ``look`` is any (anyway), ext (because of the medicine), had (nobody compared) or not."""

    look: str
    x: int
    y: int

    @property
    def half(self) -> str:
        """The path of its lower half, so that shape says what shade says."""
        return f"M{self.x - _RADIUS} {self.y}a{_RADIUS} {_RADIUS} 0 0 0 {2 * _RADIUS} 0z"


@dataclass(frozen=True, slots=True)
class IconArray:
    """The circles in reading order, and the same in words."""

    dots: tuple[Dot, ...]
    label: str
    compares: bool

    @classmethod
    def of(cls, count: Count) -> "IconArray":
        """Return the picture of a count; without a comparison nobody is drawn as having had it anyway."""
        all_of = _SIDE * _SIDE
        because = "ext" if count.against is not None else "had"
        looks = ["any"] * count.anyway + [because] * count.because
        looks += ["not"] * (all_of - len(looks))
        dots = tuple(
            Dot(look, _EDGE + _STEP * (n % _SIDE), _EDGE + _STEP * (n // _SIDE))
            for n, look in enumerate(looks)
        )
        return cls(dots, _label(count, all_of), count.against is not None)


def _label(count: Count, all_of: int) -> str:
    values = {
        "what": count.says,
        "all": all_of,
        "had": count.of_100,
        "anyway": count.anyway,
        "because": count.because,
        "without": all_of - count.of_100,
    }
    if count.against is None:
        return _("%(what)s: of %(all)d people, %(had)d have it, %(without)d do not have it") % values
    return (
        _(
            "%(what)s: of %(all)d people, %(anyway)d would have it anyway, %(because)d more because of the "
            "medicine, %(without)d do not have it"
        )
        % values
    )
