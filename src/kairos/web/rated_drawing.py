"""Aims and how it was to work together, session by session: drawn as dots, with a table beside."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kairos.domain.protocols.therapy import HIGHEST, LOWEST
from kairos.queries.therapy import TherapyPage, TriadShown
from kairos.web.design.drawings.svg import element, horizontal
from kairos.web.therapy_words import aims_words, said

_STEP, _TOP, _BOTTOM = 28, 5, 35


@dataclass(frozen=True, slots=True)
class RatedLine:
    """One thing that was rated, over the sessions; nothing where it was left out."""

    words: str
    values: tuple[int | None, ...]
    drawing: SafeString


def rated_lines(page: TherapyPage) -> dict[str, Any]:
    """Return aims and how it was to work together, session by session, drawn and as a table."""
    rated = [unit for unit in page.units if unit.ratings]
    aims = list(dict.fromkeys(aim for unit in page.units for aim in unit.aims))
    together = page.chosen.alliance if page.chosen else ()
    return {
        "sessions": [unit.triad.dosing.number for unit in rated],
        "aims": [_rated(f"therapy.aim.{aim}", aim, rated) for aim in aims],
        "together": [_rated(f"therapy.alliance.{name}", name, rated) for name in together],
        "has_any": bool(rated),
        "chosen": [
            {"number": unit.triad.dosing.number, "aims": aims_words(unit.aims)}
            for unit in page.units
            if unit.aims
        ],
    }


def _rated(message: str, name: str, rated: list[TriadShown]) -> RatedLine:
    values = tuple(unit.ratings.get(name) for unit in rated)
    numbers = [unit.triad.dosing.number for unit in rated]
    words = said(message)
    return RatedLine(words, values, mark_safe(_dots(words, numbers, values)))  # nosec B308 B703 - escaped as drawn


def _dots(words: str, numbers: list[int], values: tuple[int | None, ...]) -> str:
    """Draw one dot a session between the ends of the scale; what was left out has a gap."""
    width = _STEP * max(len(values), 1)
    content = horizontal(0, width, _TOP, "end") + horizontal(0, width, _BOTTOM, "end")
    told = []
    for place, (number, value) in enumerate(zip(numbers, values, strict=True)):
        told.append(
            _("session %(n)s: %(value)s") % {"n": number, "value": _("left out") if value is None else value}
        )
        if value is not None:
            up = (_BOTTOM - _TOP) * (value - LOWEST) / (HIGHEST - LOWEST)
            content += element("circle", cx=_STEP * (place + 0.5), cy=_BOTTOM - up, r=4)
    story = f"{words}: {', '.join(told)}"
    box = f"0 0 {width} {_BOTTOM + _TOP}"
    return element(
        "svg",
        content,
        class_="rated",
        viewBox=box,
        width=width,
        height=_BOTTOM + _TOP,
        role="img",
        aria_label=story,
    )
