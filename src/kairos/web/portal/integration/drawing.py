"""The days after a session as one line: the hours up to the end of the window, a break, the last day."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kairos.domain.integration.plan import DatedStep, Window
from kairos.web.design.drawings.svg import element, label, number

_LEFT, _RIGHT, _BREAK, _Y = 6.0, 334.0, 269.0, 18.0
_TICK, _SIGN = (10, 26), 42
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark of the line with its words."""

    x: float
    words: str


def place_of(at: datetime, window: Window) -> float:
    """Return where an instant lies on the line: the window evenly, what follows behind a break."""
    shown = (window.closes_at - window.anchored_at).total_seconds()
    gone = (at - window.anchored_at).total_seconds()
    if gone <= shown:
        return _LEFT + (_BREAK - _LEFT) * max(0.0, gone) / shown
    rest = max((window.ends_at - window.closes_at).total_seconds(), 1.0)
    return _BREAK + (_RIGHT - _BREAK) * min(1.0, (gone - shown) / rest)


def drawn(window: Window, steps: tuple[DatedStep, ...], now: datetime) -> SafeString:
    """Draw the line: what has passed is thick, now is a dot."""
    here = place_of(now, window)
    ticks = [Tick(_LEFT, _("Session")), *_ticks(window, steps)]
    lines = element("line", class_="bedl", x1=_LEFT, x2=_RIGHT, y1=_Y, y2=_Y)
    lines += element("line", class_="donel", x1=_LEFT, x2=here, y1=_Y, y2=_Y)
    marks = "".join(element("line", x1=t.x, x2=t.x, y1=_TICK[0], y2=_TICK[1]) for t in ticks)
    gap = _BREAK + (_RIGHT - _BREAK) / 2
    marks += element("path", class_="brk", d=f"M{number(gap - 6)} 26l6-16M{number(gap)} 26l6-16")
    words = "".join(_words(tick) for tick in ticks)
    dot = element("circle", class_="nowd", cx=here, cy=_Y, r=7)
    content = lines + element("g", marks, class_="tk") + dot + words
    told: dict[str, Any] = {"class_": "days", "viewBox": "0 0 340 46", "role": "img"}
    return mark_safe(element("svg", content, **told, aria_label=story(window, now)))  # nosec B308 B703


def story(window: Window, now: datetime) -> str:
    """Return in words what the line shows."""
    hours = int((now - window.anchored_at).total_seconds() // _HOUR)
    days = (window.ends_at - window.anchored_at).days
    if now > window.ends_at:
        return _("The plan for the days after your session is over. It ran to day %(day)s.") % {"day": days}
    ends = int((window.closes_at - window.anchored_at).total_seconds() // _HOUR)
    told = {"hours": hours, "ends": ends, "day": days}
    return _("%(hours)s hours since your session. The plan runs to %(ends)s hours and day %(day)s.") % told


def _ticks(window: Window, steps: tuple[DatedStep, ...]) -> list[Tick]:
    """Return a mark for each time at which a step is due."""
    found = []
    for at in sorted({step.due_at for step in steps}):
        since = at - window.anchored_at
        is_late = at > window.closes_at
        words = (
            _("Day %(n)s") % {"n": since.days}
            if is_late
            else _("%(n)s h") % {"n": int(since.total_seconds() // _HOUR)}
        )
        found.append(Tick(place_of(at, window), words))
    return found


def _words(tick: Tick) -> str:
    if tick.x <= _LEFT:
        return label(0, _SIGN, tick.words)
    if tick.x >= _RIGHT:
        return label(_RIGHT + _LEFT, _SIGN, tick.words, anchor="end")
    return label(tick.x, _SIGN, tick.words, anchor="middle")
