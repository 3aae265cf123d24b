"""The alarm ledger of a session, and the figures of alarms over a time, drawn as bars with their numbers."""

from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kairos.domain.sessions.alarm_ledger import AlarmLife, AlarmMoment, LifeStep, alarm_lives
from kairos.domain.sessions.events import AlarmEnd
from kairos.queries.alarm_figures import AlarmCount, AlarmFigures, Limit
from kairos.queries.dosing_sessions import SessionPage
from kairos.web.clinic.sessions.words import clock, role_word, text, who
from kairos.web.design import parts

_MOMENTS = {
    AlarmMoment.RAISED: gettext_lazy("Raised"),
    AlarmMoment.TOLD: gettext_lazy("Told"),
    AlarmMoment.TAKEN: gettext_lazy("Taken: at the chair"),
    AlarmMoment.ACTED_ON: gettext_lazy("Acted on"),
    AlarmMoment.ESCALATED: gettext_lazy("Nobody answered; passed on"),
    AlarmMoment.CLOSED: gettext_lazy("Closed"),
}
_ENDS = {
    AlarmEnd.SETTLED: gettext_lazy("it was over"),
    AlarmEnd.OUTRANKED: gettext_lazy("a graver alarm stands in its place"),
    AlarmEnd.SESSION_ENDED: gettext_lazy("the session had ended"),
}
WIDTH = 240


@dataclass(frozen=True, slots=True)
class RuleRow:
    """The alarms of one rule in sessions of one protocol, with bars of ``WIDTH`` at most."""

    title: str
    rule: str
    protocol: str
    count: AlarmCount
    per_session: str
    share: str
    raised_px: int
    acted_px: int
    limits: tuple[str, ...]
    chapter: str


def ledger_context(page: SessionPage) -> dict[str, Any]:
    """Return the life of every alarm of a session, in words."""
    lives = alarm_lives(page.entries)
    return {
        "page": page,
        "lives": [_life(page, life) for life in lives],
        "summary": ngettext(
            "%(n)s alarm, %(acted)s acted on.", "%(n)s alarms, %(acted)s acted on.", len(lives)
        )
        % {"n": len(lives), "acted": sum(life.is_acted_on for life in lives)},
    }


def _life(page: SessionPage, life: AlarmLife) -> dict[str, Any]:
    return {
        "title": text(f"card.{life.raised.card}"),
        "rule": life.raised.rule,
        "ref": life.raised.ref,
        "level": life.raised.level,
        "level_word": parts.LEVEL_WORDS[life.raised.level],
        "steps": [_step(page, life, step) for step in life.steps],
        "is_open": life.end is None,
        "is_acted_on": life.is_acted_on,
    }


def _step(page: SessionPage, life: AlarmLife, step: LifeStep) -> dict[str, str]:
    told = str(_MOMENTS[step.moment])
    if step.to:
        told = f"{told}: {role_word(step.to)}"
    if step.act:
        told = f"{told}: {step.act.replace('_', ' ')}"
    if step.moment is AlarmMoment.CLOSED and life.end is not None:
        told = f"{told}: {_ENDS[life.end]}"
    return {"at": clock(step.at, page.zone), "what": told, "by": who(step.by, page.names)}


def figures_context(figures: AlarmFigures, zone: tzinfo) -> dict[str, Any]:
    """Return the figures of a time, by rule and protocol, the most frequent first."""
    most = max((each.raised for each in figures.counts), default=1)
    rows = [_row(figures, each, most) for each in figures.counts]
    raised, closed = _sum(figures, "raised"), _sum(figures, "closed")
    sessions = sum(figures.sessions.values())
    return {
        "since": figures.since.astimezone(zone).date(),
        "until": figures.until.astimezone(zone).date(),
        "rows": sorted(rows, key=lambda row: (-row.count.raised, row.rule, row.protocol)),
        "raised": raised,
        "sessions": sessions,
        "per_session": _per_session(raised, sessions),
        "share": _share(_sum(figures, "acted_on"), closed),
        "escalated": _sum(figures, "escalated"),
        "bar_width": WIDTH,
    }


def _sum(figures: AlarmFigures, name: str) -> int:
    return sum(int(getattr(each, name)) for each in figures.counts)


def _row(figures: AlarmFigures, count: AlarmCount, most: int) -> RuleRow:
    limits = figures.limits.get((count.protocol, count.rule), ())
    return RuleRow(
        title=_title(count.rule),
        rule=count.rule,
        protocol=text(f"protocol.{count.protocol}") if count.protocol else _("not noted"),
        count=count,
        per_session=_per_session(count.raised, figures.sessions.get(count.protocol, 0)),
        share=_share(count.acted_on, count.closed),
        raised_px=round(WIDTH * count.raised / most),
        acted_px=round(WIDTH * count.acted_on / most),
        limits=tuple(_limit(each) for each in limits),
        chapter=limits[0].parameter.partition(".")[0] if limits else "",
    )


def _title(rule: str) -> str:
    return rule.partition(".")[2].replace("_", " ").capitalize()


def _per_session(alarms: int, sessions: int) -> str:
    """Return alarms a session with the counts they come from; never a number without them."""
    if not sessions:
        return _("%(n)s, sessions not counted") % {"n": alarms}
    told = {"rate": f"{alarms / sessions:.1f}", "n": alarms, "of": sessions}
    return _("%(rate)s a session (%(n)s in %(of)s)") % told


def _share(part: int, whole: int) -> str:
    """Return a share with its counts."""
    if not whole:
        return _("none closed yet")
    told = {"percent": round(100 * part / whole), "n": part, "of": whole}
    return _("%(percent)s %% (%(n)s of %(of)s closed)") % told


def _limit(limit: Limit) -> str:
    unit = {"1": "", "mm[Hg]": " mmHg", "/min": _(" a minute")}.get(limit.value.unit, f" {limit.value.unit}")
    name = limit.parameter.partition(".")[2].replace("_", " ")
    return f"{name}: {limit.value.value:g}{unit}"
