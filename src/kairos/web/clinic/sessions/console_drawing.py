"""From the console's values to the values of the session drawing; shapes and words only, no rule."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from kairos.domain.sessions.console import Console, Dot, InfusionBar, LimitLine
from kairos.domain.sessions.dose_log import Portion
from kairos.web.design.drawings.session_values import (
    ExpectedBand,
    InfusionSpan,
    Limit,
    LimitLevel,
    NextReading,
    SessionDrawing,
    SessionEvent,
    SessionReading,
    SessionWords,
)

AWAKE_LANE = "moaas"
_MARK = timedelta(minutes=1)
STOPS = ("_stop", "_high", "_urgent")
"""Endings of the parameters whose line means stop; the others mean: check again."""


@dataclass(frozen=True, slots=True)
class ConsoleWords:
    """Words of the lanes, handed in translated; the page says how a dot, a limit and an author are called."""

    of_dot: Callable[[Dot], str]
    of_limit: Callable[[LimitLine], str]
    entered_by: Callable[[str], str]
    given: str = "{mg} mg given, {minutes} min"
    given_short: str = "{mg} mg"
    paused: str = "Paused"
    to_come: str = "{mg} of {ordered} mg still to give"
    to_come_short: str = "{mg} mg"
    portion: str = "{mg} mg, {number} of {ordered}"
    drawing: SessionWords = field(default_factory=SessionWords)


def session_drawing(
    console: Console,
    *,
    words: ConsoleWords,
    zone: tzinfo,
    starts: datetime,
    ends: datetime,
    now: datetime | None,
    next_reading: NextReading | None = None,
    expected: ExpectedBand | None = None,
    name: str = "session",
) -> SessionDrawing:
    """Return what ``draw_session`` needs; ``now`` is None for a session that is over."""
    return SessionDrawing(
        zone=zone,
        starts=starts,
        ends=ends,
        now=now,
        infusion=infusion_spans(console, words=words, now=now),
        events=tuple(SessionEvent(dot.at, words.of_dot(dot)) for dot in console.dots),
        readings=readings_shown(console, words=words),
        pressure_limits=_limits(console.limits, ("systolic", "diastolic"), words),
        pulse_limits=_limits(console.limits, ("heart_rate",), words),
        oxygen_limits=_limits(console.limits, ("oxygen",), words),
        stop_zone_from_mmhg=next(
            (x.at.value for x in console.limits if x.component == "systolic" and _is_stop(x)), None
        ),
        next_reading=next_reading,
        expected=expected,
        words=words.drawing,
        name=name,
    )


def infusion_spans(
    console: Console, *, words: ConsoleWords, now: datetime | None
) -> tuple[InfusionSpan, ...]:
    """Return what was given (solid), pauses and what is still to come (dashed); portions where it is none."""
    if console.portions:
        return tuple(_portion(each, console.portions_ordered, words) for each in console.portions)
    lane = console.infusion
    spans = [_span(bar, words) for bar in lane.bars]
    if now is not None and lane.runs_out_at is not None and lane.runs_out_at > now:
        left = f"{lane.not_given_mg:.1f}"
        said = words.to_come.format(mg=left, ordered=f"{lane.ordered_mg.normalize():f}")
        short = words.to_come_short.format(mg=left)
        spans.append(InfusionSpan(now, lane.runs_out_at, said, is_given=False, short=short))
    return tuple(spans)


def readings_shown(console: Console, *, words: ConsoleWords) -> tuple[SessionReading, ...]:
    """Return the vital signs with the wakefulness rated at the same moment; other ratings by themselves."""
    awake = {score.at: score.score for score in console.scores if score.lane == AWAKE_LANE}
    shown = [
        SessionReading(
            at=reading.true_at,
            systolic_mmhg=reading.systolic,
            diastolic_mmhg=reading.diastolic,
            pulse_per_min=reading.heart_rate,
            oxygen_percent=reading.oxygen,
            awake=awake.pop(reading.true_at, None),
            by=words.entered_by(reading.id),
        )
        for reading in console.readings
    ]
    shown += [SessionReading(at=at, awake=score) for at, score in awake.items()]
    return tuple(sorted(shown, key=lambda reading: reading.at))


def _span(bar: InfusionBar, words: ConsoleWords) -> InfusionSpan:
    if not bar.mg_per_h:
        return InfusionSpan(bar.since, bar.until, words.paused, is_given=False)
    minutes = (bar.until - bar.since) // timedelta(minutes=1)
    mg = f"{bar.mg:.1f}"
    short = words.given_short.format(mg=mg)
    return InfusionSpan(bar.since, bar.until, words.given.format(mg=mg, minutes=minutes), short=short)


def _portion(portion: Portion, ordered: int, words: ConsoleWords) -> InfusionSpan:
    """Return a mark for one portion, wide enough to be seen: a device takes no time of its own."""
    mg = f"{portion.mg.normalize():f}"
    said = words.portion.format(mg=mg, number=portion.number, ordered=max(ordered, portion.number))
    return InfusionSpan(portion.at, portion.at + _MARK, said, short=words.given_short.format(mg=mg))


def _limits(
    lines: Sequence[LimitLine], components: tuple[str, ...], words: ConsoleWords
) -> tuple[Limit, ...]:
    return tuple(
        Limit(line.at.value, words.of_limit(line), LimitLevel.STOP if _is_stop(line) else LimitLevel.CHECK)
        for line in lines
        if line.component in components
    )


def _is_stop(line: LimitLine) -> bool:
    return line.parameter.endswith(STOPS)
