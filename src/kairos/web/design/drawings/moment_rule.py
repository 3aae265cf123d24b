"""The moment rule: one strip of time, at every scale. Past is solid, now is tall, due is blue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kairos.web.design.drawings.svg import element, vertical

WIDTH = 600.0
HEIGHT = 20.0
_GAP = 2.0


class MarkKind(StrEnum):
    """What a line on the rule means; also its class in the style sheet."""

    GATE = "gate"
    DUE = "dueline"
    LATE = "late"
    URGENT = "urg"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the rule, such as the infusion or the watching after it. Dashed where not given."""

    starts: datetime
    ends: datetime
    is_given: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """A line on the rule: a gate, something due, something late, something urgent."""

    at: datetime
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class MomentRule:
    """A strip of time. ``words`` say the same as the strip: "26 of 100 minutes; next check at 30"."""

    starts: datetime
    ends: datetime
    now: datetime
    words: str
    stretches: tuple[Stretch, ...] = ()
    marks: tuple[Mark, ...] = ()


def draw_moment_rule(rule: MomentRule) -> str:
    """Return the strip as SVG that stretches to the width it is given.

    Parameters
    ----------
    rule : MomentRule    minutes, hours or weeks: the strip only knows instants

    Returns
    -------
    str                  one ``<svg class="rule">``, its words as label
    """
    content = [_bed(stretch, rule) for stretch in rule.stretches]
    content += [_past(stretch, rule) for stretch in rule.stretches]
    content += [vertical(_x(mark.at, rule), 2, 18, mark.kind.value) for mark in rule.marks]
    content.append(vertical(_x(rule.now, rule), 0, 20, "now"))
    return element(
        "svg",
        "".join(content),
        class_="rule",
        viewBox="0 0 600 20",
        preserveAspectRatio="none",
        role="img",
        aria_label=rule.words,
    )


def weeks_rule(
    sessions: Sequence[datetime], *, starts: datetime, ends: datetime, now: datetime, words: str
) -> MomentRule:
    """Return the rule of a course: the sessions held are gates passed, those to come are due."""
    marks = tuple(Mark(at, MarkKind.GATE if at <= now else MarkKind.DUE) for at in sorted(sessions))
    return MomentRule(starts, ends, now, words, (Stretch(starts, ends),), marks)


def _x(at: datetime, rule: MomentRule) -> float:
    span = (rule.ends - rule.starts).total_seconds() or 1.0
    share = (at - rule.starts).total_seconds() / span
    return 1 + min(max(share, 0.0), 1.0) * (WIDTH - _GAP)


def _bed(stretch: Stretch, rule: MomentRule) -> str:
    x = _x(stretch.starts, rule)
    width = max(_x(stretch.ends, rule) - x - _GAP, 1.0)
    return element("rect", class_="bed" if stretch.is_given else "bed out", x=x, y=6, width=width, height=8)


def _past(stretch: Stretch, rule: MomentRule) -> str:
    if rule.now <= stretch.starts:
        return ""
    x = _x(stretch.starts, rule)
    end = min(_x(stretch.ends, rule) - _GAP, _x(rule.now, rule))
    return element("rect", class_="past", x=x, y=6, width=max(end - x, 0.5), height=8)
