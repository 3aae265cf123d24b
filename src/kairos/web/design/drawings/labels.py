"""Placing labels so that they neither cover each other nor leave the frame."""

from dataclasses import dataclass, field

from kairos.web.design.drawings.svg import label, width_of

_TEXT_HEIGHT = 13.0


@dataclass(frozen=True, slots=True)
class Box:
    """The room a label takes."""

    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two cover each other."""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)


@dataclass(frozen=True, slots=True)
class Place:
    """A place to try: where the text starts, ends or has its middle, on which line."""

    x: float
    y: float
    anchor: str = "start"


@dataclass(slots=True)
class LabelField:
    """The frame in which labels are placed one after another, the most important first."""

    left: float
    right: float
    taken: list[Box] = field(default_factory=list)

    def place(
        self, text: str, *places: Place, strong: bool = False, class_: str | None = None, must: bool = False
    ) -> str:
        """Return the label at the first place that is free.

        With none free: nothing, since the table twin has the value; with ``must``, the last place.
        """
        for place in places:
            box = _box(text, place, strong=strong)
            if box.left >= self.left and box.right <= self.right and not any(map(box.meets, self.taken)):
                self.taken.append(box)
                return label(place.x, place.y, text, class_=class_, anchor=_anchor(place))
        return (
            label(places[-1].x, places[-1].y, text, class_=class_, anchor=_anchor(places[-1])) if must else ""
        )

    def keep_free(self, left: float, right: float, top: float, bottom: float) -> None:
        """Let no label cover this part."""
        self.taken.append(Box(left, right, top, bottom))

    def keep_line_free(self, y: float) -> None:
        """Let no label cover a level line."""
        self.keep_free(self.left, self.right, y - 1, y + 1)


def _box(text: str, place: Place, *, strong: bool) -> Box:
    width = width_of(text, strong=strong)
    left = {"start": place.x, "middle": place.x - width / 2, "end": place.x - width}[place.anchor]
    return Box(left - 2, left + width + 2, place.y - _TEXT_HEIGHT + 2, place.y + 3)


def _anchor(place: Place) -> str | None:
    return None if place.anchor == "start" else place.anchor
