"""The expected exposure in a session drawing: a hatched band behind the readings, without line or scale."""

from kairos.web.design.drawings.labels import LabelField, Place
from kairos.web.design.drawings.scales import TimeScale, ValueScale
from kairos.web.design.drawings.session_values import ExpectedBand, SessionDrawing
from kairos.web.design.drawings.svg import element, number

_HEIGHT = 0.55
"""Its highest point reaches this far up the lane: it has no axis, so that nobody reads a value off it."""
_LINE = 15.0
_SHARES = (0.62, 0.45, 0.3, 0.75, 0.05)


def expected_band(drawing: SessionDrawing, time: TimeScale, scale: ValueScale) -> str:
    """Return the band with its hatching, or nothing where there is none."""
    band = drawing.expected
    if band is None or max(band.high_ng_ml, default=0.0) <= 0:
        return ""
    hatch = f"{drawing.name}-hatch-{number(time.right)}"
    lines = element("line", class_="hatchline", x1=0.0, y1=0.0, x2=0.0, y2=6.0)
    pattern = element(
        "pattern",
        lines,
        id=hatch,
        width=6.0,
        height=6.0,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    shape = element("path", class_="sim", fill=f"url(#{hatch})", d=_outline(band, time, scale))
    return element("defs", pattern) + shape


def expected_words(drawing: SessionDrawing, time: TimeScale, scale: ValueScale, texts: LabelField) -> str:
    """Return what the band is, in two lines where there is room for them."""
    band = drawing.expected
    if band is None or max(band.high_ng_ml, default=0.0) <= 0:
        return ""
    width = time.right - time.left
    places = [
        Place(time.left + share * width, y)
        for share in _SHARES
        for y in (scale.bottom - 22, scale.bottom - 44, scale.bottom - 66)
    ]
    for place in places:
        name = texts.place(band.words, place, strong=True, class_="strong")
        if name:
            return name + texts.place(band.mark, Place(place.x, place.y + _LINE), must=True)
    below = Place(time.left, scale.bottom + _LINE)
    return texts.place(f"{band.words}. {band.mark}", below) or texts.place(band.mark, below, must=True)


def _outline(band: ExpectedBand, time: TimeScale, scale: ValueScale) -> str:
    highest = max(band.high_ng_ml)
    room = (scale.bottom - scale.top) * _HEIGHT

    def place(at: int, level: float) -> str:
        return f"{number(time.x(band.at[at]))} {number(scale.bottom - room * level / highest)}"

    there = [place(n, level) for n, level in enumerate(band.high_ng_ml)]
    back = [place(n, level) for n, level in enumerate(band.low_ng_ml)]
    return f"M{'L'.join([*there, *reversed(back)])}Z"
