"""The doses before, drawn small: a column a session, a lane each for dose, pressure, detachment, effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kairos.content.release import load_release
from kairos.domain.outcomes.schedule import MEASURED
from kairos.domain.protocols.dosing import plain
from kairos.domain.sessions.events import DissociationScale
from kairos.domain.sessions.prior_doses import Peak
from kairos.queries.dose_orders import OrderPage
from kairos.queries.titration import TitrationRow, titration
from kairos.vocab.people import Actor

SHOWN = 6
COLUMN, LEFT, LANE = 92, 96, 64
_SCALE = {
    DissociationScale.NOUGHT_TO_TEN: "0-10",
    DissociationScale.CADSS6: "CADSS-6",
    DissociationScale.CADSS: "CADSS",
}
_BAR, _PAD = 26, 18


@dataclass(frozen=True, slots=True)
class Column:
    """One session: its places on the drawing, and the same in words for the table."""

    x: int
    day: str
    number: int
    mg: str
    dose: str
    dose_top: float
    dose_height: float
    pressure: str
    systolic: str
    pressure_top: float
    pressure_height: float
    detachment: str
    detached: str
    detachment_y: float | None
    effect: str
    effect_y: float | None
    is_better: bool
    reason: str
    is_cut_short: bool
    had_alarm: bool


@dataclass(frozen=True, slots=True)
class TitrationDrawing:
    """The last sessions, oldest first, and the size of the drawing."""

    columns: tuple[Column, ...]
    earlier: int
    width: int
    scale: str


def prior_doses_drawn(by: Actor, page: OrderPage) -> TitrationDrawing | None:
    """Return the doses before an order, for whoever reads its page."""
    zone = page.row.starts_at.tzinfo or UTC
    return titration_drawing(titration(person_id=page.person_id, by=by), zone)


def titration_drawing(rows: Sequence[TitrationRow], zone: tzinfo) -> TitrationDrawing | None:
    """Return the drawing of the last doses; None where none was given."""
    if not rows:
        return None
    last = rows[-SHOWN:]
    most = max(each.given.dose.given_mg for each in last) or Decimal(1)
    columns = tuple(_column(n, row, zone, most) for n, row in enumerate(last))
    return TitrationDrawing(columns, len(rows) - len(last), LEFT + COLUMN * len(last), _scale_name())


def _scale_name() -> str:
    return load_release().instruments[MEASURED[0]].short_title


def _column(place: int, row: TitrationRow, zone: tzinfo, most: Decimal) -> Column:
    given, dose = row.given, row.given.dose
    height = float(dose.given_mg / most) * (LANE - _PAD)
    top, span = _pressure_place(dose.before[0], dose.highest[0])
    score = dose.dissociation
    change = row.effect.change
    return Column(
        x=LEFT + COLUMN * place,
        day=date_format(dose.started_at.astimezone(zone).date(), "j M"),
        number=given.planned.number,
        mg=plain(dose.given_mg),
        dose=_dose_words(row),
        dose_top=round(LANE - height, 1),
        dose_height=round(height, 1),
        pressure=_pressure_words(row),
        systolic=f"{dose.highest[0]:g}" if dose.highest[0] is not None else "",
        pressure_top=top,
        pressure_height=span,
        detachment=f"{score.score} ({_SCALE[score.scale]})" if score else _("not rated"),
        detached=str(score.score) if score else "",
        detachment_y=_rating_place(score) if score else None,
        effect=_effect_words(row),
        effect_y=None if change is None else round(LANE / 2 + max(-24, min(24, change * 2)), 1),
        is_better=change is not None and change < 0,
        reason=given.reason,
        is_cut_short=dose.was_cut_short,
        had_alarm=dose.had_alarm,
    )


def _rating_place(peak: Peak) -> float:
    """Return where the dot of a rating stands; ten is the most of the scale that is no questionnaire."""
    known = load_release().instruments.get(peak.scale.value)
    most = known.highest_total if known is not None else 10
    return round((LANE - 8) - (LANE - 24) * peak.score / most, 1)


def _dose_words(row: TitrationRow) -> str:
    mg = plain(row.given.dose.given_mg)
    rate = row.given.step.mg_per_kg
    if rate is None:
        return _("%(mg)s mg") % {"mg": mg}
    return _("%(mg)s mg, %(rate)s mg/kg") % {"mg": mg, "rate": plain(rate)}


def _pressure_words(row: TitrationRow) -> str:
    (low_s, low_d), (high_s, high_d) = row.given.dose.before, row.given.dose.highest
    if high_s is None and high_d is None:
        return _("not measured")
    peak = f"{_whole(high_s)}/{_whole(high_d)} mmHg"
    if low_s is None and low_d is None:
        return peak
    return _("%(before)s to %(peak)s") % {"before": f"{_whole(low_s)}/{_whole(low_d)}", "peak": peak}


def _whole(value: float | None) -> str:
    return "?" if value is None else f"{value:g}"


_LOWEST_MMHG, _HIGHEST_MMHG = 80.0, 220.0


def _pressure_place(before: float | None, peak: float | None) -> tuple[float, float]:
    """Return top and height of the bar from the systolic pressure before to its peak."""
    if peak is None:
        return (0.0, 0.0)
    low = _height_of(before if before is not None else peak)
    high = _height_of(peak)
    return (round(min(low, high), 1), round(max(2.0, abs(low - high)), 1))


def _height_of(mmhg: float) -> float:
    share = (min(max(mmhg, _LOWEST_MMHG), _HIGHEST_MMHG) - _LOWEST_MMHG) / (_HIGHEST_MMHG - _LOWEST_MMHG)
    return (LANE - 4) - share * (LANE - 20)


def _effect_words(row: TitrationRow) -> str:
    effect = row.effect
    if effect.change is None:
        return _("no score after it") if effect.after is None else _("no score before it")
    told = {"before": effect.before, "after": effect.after, "change": f"{effect.change:+d}"}
    return _("%(before)s to %(after)s (%(change)s)") % told
