"""The board: alarms first, then every place where it always is, then the time order at the side."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kairos.domain.protocols.dose_rules import CountsFrom, DoseForm
from kairos.domain.sessions.alarms import Alarm
from kairos.domain.sessions.console import last_values
from kairos.domain.sessions.phases import BEFORE_DOSE, Phase
from kairos.domain.sessions.picture import Picture
from kairos.domain.sessions.timetable import Due, DueState
from kairos.queries.board import Board, Seat, Waiting
from kairos.vocab.people import Actor
from kairos.vocab.verdict import Verdict
from kairos.web.clinic.sessions.words import alarm_then, alarm_what, clock, due_words
from kairos.web.design import parts
from kairos.web.forms import new_id

_MINUTE = timedelta(minutes=1)
_SOON = timedelta(minutes=20)
_KEYS = ("A", "S")
ORDER = ("emergency", "urgent", "caution", "due", "done")


@dataclass(frozen=True, slots=True)
class Tile:
    """One place: who, how it stands, what is next, in words and as a strip of time."""

    place: str
    number: str
    url: str
    name: str
    level: str
    level_word: str
    next: Due | None
    next_words: str
    phase: str
    rule: parts.MomentRule | None
    values: str
    is_grave: bool
    watcher: str = ""
    is_at_home: bool = False


@dataclass(frozen=True, slots=True)
class FreePlace:
    """A place nobody sits at, and who comes next."""

    place: str
    number: str
    coming: str
    url: str


def board_context(board: Board, now: datetime, by: Actor) -> dict[str, Any]:
    """Return everything that the board's template draws for one person."""
    tiles = _tiles(board, now)
    alarms = _alarms(board, now)
    taken = [tile for tile in tiles if isinstance(tile, Tile)]
    return {
        "title": _title(board),
        "sites": _sites(board),
        "src": _address("board_live", board.site_id),
        "alarms_src": _address("board_alarms", board.site_id),
        "offers": _offers(board, by),
        "alarms": alarms[:4],
        "more_alarms": max(len(alarms) - 4, 0),
        "tiles": tiles,
        "sums": _sums(taken, len(tiles) - len(taken)),
        "soon": _soon(board, now),
        "waiting": [_waiting(board, each) for each in board.waiting],
        "soon_minutes": _SOON // _MINUTE,
        "now": now,
    }


def _title(board: Board) -> str:
    shown = [site.name for site in board.sites if board.site_id in (None, site.id)]
    return shown[0] if len(shown) == 1 else _("All sites")


def _address(route: str, site_id: UUID | None) -> str:
    return reverse(route) + (f"?site={site_id}" if site_id is not None else "")


def _sites(board: Board) -> list[dict[str, Any]]:
    """Return the ways to the board of each site, where there is more than one."""
    if len(board.sites) < 2:
        return []
    ways: list[tuple[UUID | None, str]] = [(None, _("All sites"))]
    ways += [(site.id, site.name) for site in board.sites]
    return [
        {"word": word, "url": _address("board", site), "is_here": site == board.site_id}
        for site, word in ways
    ]


def place_names(board: Board) -> dict[UUID, str]:
    """Return how the place of each session is called; those at home are counted in the order they began."""
    names = {place.id: place.name for place in board.places}
    found = {seat.session_id: names[seat.place_id] for seat in board.seats if seat.place_id in names}
    return found | {each: _("Home %(n)s") % {"n": n} for n, each in enumerate(board.homes, start=1)}


def alarms_context(board: Board, now: datetime) -> dict[str, Any]:
    """Return what the strip of alarms draws, of the sessions that have any."""
    alarms = _alarms(board, now)
    return {
        "alarms": alarms[:4],
        "more_alarms": max(len(alarms) - 4, 0),
        "alarms_src": _address("board_alarms", board.site_id),
    }


def _offers(board: Board, by: Actor) -> list[dict[str, Any]]:
    """Return the watches that are offered to this person and wait for them."""
    names = place_names(board)
    offered = [(seat, seat.picture.state.offer) for seat in board.seats]
    return [
        {
            "what": _("%(who)s offers you the watch of %(place)s, %(name)s.")
            % {
                "who": board.names.get(seat.picture.state.watched_by or by.id) or _("Somebody"),
                "place": names.get(seat.session_id, _("No place")),
                "name": short_name(seat),
            },
            "until": offer.until,
            "url": reverse("session_console", args=[seat.session_id]),
            "session_id": seat.session_id,
        }
        for seat, offer in offered
        if offer is not None and offer.to == by.id
    ]


def _tiles(board: Board, now: datetime) -> list[Tile | FreePlace]:
    """Return a tile a place, by name, so that a place stays where it is; then homes, and who has no place."""
    seated = {seat.place_id: seat for seat in board.seats if seat.place_id is not None}
    names = place_names(board)
    places = sorted(board.places, key=lambda place: _natural(place.name))
    found: list[Tile | FreePlace] = []
    for place in places:
        seat = seated.pop(place.id, None)
        found.append(_tile(board, seat, place.name, now) if seat else _free(board, place.id, place.name))
    placed = {place.id for place in board.places}
    others = [seat for seat in board.seats if seat.place_id not in placed]
    return [*found, *(_tile(board, each, names.get(each.session_id, _("No place")), now) for each in others)]


def _natural(name: str) -> tuple[str, int]:
    word, _space, number = name.rpartition(" ")
    return (word, int(number)) if number.isdigit() else (name, 0)


def _tile(board: Board, seat: Seat, place: str, now: datetime) -> Tile:
    picture = seat.picture
    due = picture.dues[0] if picture.dues else None
    level, word = _standing(picture, due, now)
    return Tile(
        place=place,
        number=place.rpartition(" ")[2] if place.rpartition(" ")[2].isdigit() else "",
        url=reverse("session_console", args=[seat.session_id]),
        name=short_name(seat),
        level=level,
        level_word=word,
        next=due,
        next_words=due_words(due) if due else _("Check before the dose"),
        phase=phase_line(picture),
        rule=_rule(picture, due),
        values=values_line(picture),
        is_grave=level in ("urgent", "emergency", "caution"),
        watcher=_watcher(board, picture),
        is_at_home=seat.is_at_home,
    )


def _watcher(board: Board, picture: Picture) -> str:
    """Return who watches, in words; a session that is over needs nobody."""
    watcher = picture.state.watched_by
    if picture.state.is_over or watcher is None:
        return ""
    return _("Watched by %(name)s") % {"name": board.names.get(watcher) or _("somebody without a log-in")}


def short_name(seat: Seat | Waiting) -> str:
    """Return the first name and the initial of the last, as a board in a room may show it."""
    identity = seat.identity
    first = identity.preferred_name or identity.given_names
    initial = f" {identity.family_name[:1]}." if identity.family_name else ""
    return f"{first}{initial}".strip() or _("Name not known")


def _standing(picture: Picture, due: Due | None, now: datetime) -> tuple[str, str]:
    """Return the highest level of a place, and its word."""
    if picture.alarms:
        level = picture.alarms[0].level.word
        return level, str(parts.LEVEL_WORDS[level])
    if due is None:
        return "done", _("Open")
    state = due.state(now)
    if state in (DueState.LATE, DueState.OVERDUE):
        return "due", _("Late")
    return ("due", _("Due")) if state is DueState.DUE else ("done", _("On time"))


def phase_line(picture: Picture) -> str:
    """Return where a session stands, in words with its minutes."""
    state, now = picture.state, picture.now
    log = state.dose
    if state.phase in BEFORE_DOSE:
        checks = [f for f in picture.check.findings if f.rule.startswith("predose.")]
        done = sum(each.verdict is not Verdict.UNKNOWN for each in checks)
        return _("Checks before the dose, %(done)s of %(count)s done") % {"done": done, "count": len(checks)}
    if log.started_at is None:
        return ""
    since = picture.readiness.counted_from
    if state.phase is Phase.OBSERVING and since is not None:
        is_infusion = picture.protocol.dose.form is DoseForm.INFUSION
        said = _("Infusion over, watching %(gone)s of %(whole)s min")
        return (said if is_infusion else _("Dose given, watching %(gone)s of %(whole)s min")) % {
            "gone": (now - since) // _MINUTE,
            "whole": picture.readiness.least // _MINUTE,
        }
    gone, mg = (now - log.started_at) // _MINUTE, f"{log.given_mg(now):.1f}"
    words = {
        Phase.INFUSING: _("Infusion, %(gone)s min, %(mg)s mg given"),
        Phase.PAUSED: _("Infusion paused, %(gone)s min, %(mg)s mg given"),
        Phase.DOSING: _("Dosing, %(gone)s min, %(mg)s mg given"),
        Phase.HOLDING: _("Lozenge in the mouth, %(gone)s min, %(mg)s mg"),
    }
    return words.get(state.phase, _("Session over, an alarm is open")) % {"gone": gone, "mg": mg}


def values_line(picture: Picture) -> str:
    """Return the last values in one line."""
    last = {each.component: f"{each.value.value:g}" for each in last_values(picture)}
    shown = []
    if "systolic" in last or "diastolic" in last:
        shown.append(f"{last.get('systolic', '?')}/{last.get('diastolic', '?')}")
    if "heart_rate" in last:
        shown.append(_("pulse %(value)s") % {"value": last["heart_rate"]})
    if "oxygen" in last:
        shown.append(f"{last['oxygen']} %")
    return " · ".join(shown) or _("No reading yet")


def _rule(picture: Picture, due: Due | None) -> parts.MomentRule | None:
    log = picture.state.dose
    started = log.started_at
    if started is None or picture.state.is_over:
        return None
    is_first = picture.protocol.time_gate.counts_from is CountsFrom.FIRST
    end = timedelta(0) if is_first else (log.ended_at or log.infusion.runs_out_at() or picture.now) - started
    least = picture.readiness.least / _MINUTE
    infusion, now = max(end / _MINUTE, 1), (picture.now - started) / _MINUTE
    whole = max(infusion + least, now) * 1.05
    stretches = [
        parts.Stretch("bed", 0, infusion),
        parts.Stretch("bed", infusion, infusion + least),
        parts.Stretch("past", 0, min(now, whole)),
    ]
    marks = [parts.Mark("gate", infusion + least), parts.Mark("now", now)]
    if due is not None:
        look = "late" if due.due_at < picture.now else "dueline"
        marks.append(parts.Mark(look, min(max((due.due_at - started) / _MINUTE, 0), whole)))
    said = _("%(now)s of %(whole)s minutes") % {"now": int(now), "whole": int(infusion + least)}
    return parts.MomentRule(label=said, length_min=whole, stretches=stretches, marks=marks)


def _free(board: Board, place_id: UUID, name: str) -> FreePlace:
    coming = next((each for each in board.waiting if each.planned.place_id == place_id), None)
    number = name.rpartition(" ")[2]
    if coming is None:
        return FreePlace(name, number if number.isdigit() else "", "", "")
    said = _("Next: %(name)s, %(time)s. Session %(number)s") % {
        "name": short_name(coming),
        "time": clock(coming.planned.starts_at, board.zone),
        "number": coming.planned.number,
    }
    url = reverse("session_open", args=[coming.planned.id])
    return FreePlace(name, number if number.isdigit() else "", said, url)


def _waiting(board: Board, each: Waiting) -> dict[str, Any]:
    return {
        "name": short_name(each),
        "at": clock(each.planned.starts_at, board.zone),
        "number": each.planned.number,
        "url": reverse("session_open", args=[each.planned.id]),
    }


def _alarms(board: Board, now: datetime) -> list[parts.AlarmBanner]:
    names = place_names(board)
    standing = [(seat, alarm) for seat in board.seats for alarm in seat.picture.alarms]
    standing.sort(key=lambda pair: (pair[1].taken_by is not None, -pair[1].level, pair[1].raised_at))
    keys = iter(_KEYS)
    return [_banner(board, seat, alarm, names.get(seat.session_id), keys, now) for seat, alarm in standing]


def _banner(
    board: Board, seat: Seat, alarm: Alarm, place: str | None, keys: Any, now: datetime
) -> parts.AlarmBanner:
    is_taken = alarm.taken_by is not None
    return parts.AlarmBanner(
        key=str(alarm.id),
        level=alarm.level.word,
        what=f"{place or _('No place')}, {short_name(seat)} {alarm_what(alarm)}",
        then=alarm_then(alarm, board.names, board.zone),
        action_url=reverse("board_take_alarm", args=[seat.session_id, alarm.id]),
        command_id=new_id(now),
        promise=_("I am going"),
        shortcut="" if is_taken else next(keys, ""),
        is_new=not is_taken,
        is_taken=is_taken,
        open_url=reverse("session_console", args=[seat.session_id]),
        open_words=_("Open %(place)s") % {"place": place or _("the session")},
    )


def _sums(tiles: list[Tile], free: int) -> list[dict[str, str]]:
    counts = {level: sum(tile.level == level for tile in tiles) for level in ORDER}
    words = {
        "emergency": ngettext("%(n)s emergency", "%(n)s emergencies", counts["emergency"]),
        "urgent": _("%(n)s urgent"),
        "caution": _("%(n)s caution"),
        "due": _("%(n)s due"),
        "done": _("%(n)s on time"),
    }
    found = [
        {"level": level if level != "done" else "plain", "word": words[level] % {"n": counts[level]}}
        for level in ORDER
        if counts[level]
    ]
    return [*found, {"level": "plain", "word": _("%(n)s free") % {"n": free}}]


def _soon(board: Board, now: datetime) -> list[dict[str, Any]]:
    names = place_names(board)
    found = []
    for seat in board.seats:
        due = next(iter(seat.picture.dues), None)
        if due is not None and due.due_at <= now + _SOON:
            found.append((due, seat))
    return [_soon_row(due, seat, names, board.zone, now) for due, seat in sorted(found, key=_by_time)]


def _by_time(pair: tuple[Due, Seat]) -> datetime:
    return pair[0].due_at


def _soon_row(due: Due, seat: Seat, names: dict[UUID, str], zone: tzinfo, now: datetime) -> dict[str, Any]:
    state = due.state(now)
    levels = {DueState.AHEAD: "", DueState.DUE: "due", DueState.LATE: "due", DueState.OVERDUE: "caution"}
    left = parts.count_down(due.due_at, now)
    return {
        "at": clock(due.due_at, zone),
        "level": levels[state],
        "icon": levels[state] or "open",
        "place": names.get(seat.session_id, _("No place")),
        "what": due_words(due),
        "left": f"{left.number} {left.unit}",
    }
