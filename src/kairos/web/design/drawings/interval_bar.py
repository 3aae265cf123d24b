"""The interval bar: a share as a line, its 95 % interval as a bar, always on an axis of 0 to 100."""

from dataclasses import dataclass

from kairos.web.design.drawings.svg import element, vertical

_WIDTH = 600.0
_HEIGHT = 20.0


@dataclass(frozen=True, slots=True)
class IntervalBar:
    """A share in percent with its interval, and the words that say the same with the counts.

    ``words`` names counted, of how many, and how many are missing: "52 % (45 to 59), 102 of 196, 35
    not measured". ``is_known`` is false where the number is too small to be shown.
    """

    percent: float
    lowest: float
    highest: float
    words: str
    is_known: bool = True


def draw_interval_bar(bar: IntervalBar) -> str:
    """Return the bar as SVG that stretches to the width it is given.

    Raises
    ------
    ValueError    a share outside its interval, or an interval outside 0 to 100
    """
    if not 0 <= bar.lowest <= bar.percent <= bar.highest <= 100:
        raise ValueError("an interval lies within 0 to 100 and holds its share; check the three numbers")
    content = element("rect", class_="bed" if bar.is_known else "bed out", x=0, y=6, width=_WIDTH, height=8)
    if bar.is_known:
        width = max(_place(bar.highest) - _place(bar.lowest), 1.0)
        content += element("rect", class_="past soft", x=_place(bar.lowest), y=6, width=width, height=8)
        content += vertical(_place(bar.percent), 0, _HEIGHT, "now")
    return element(
        "svg",
        content,
        class_="rule",
        viewBox="0 0 600 20",
        preserveAspectRatio="none",
        role="img",
        aria_label=bar.words,
    )


def _place(percent: float) -> float:
    return percent / 100 * _WIDTH
