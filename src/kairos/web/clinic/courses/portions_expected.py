"""Which panel of expected exposure belongs to a dose in portions: of the spray, or of racemic ketamine."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from kairos.queries.portion_orders import PortionChoices

if TYPE_CHECKING:
    from kairos.web.clinic.courses.exposure_shown import ExposureShown

_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)


def expected_of_portions(
    choices: PortionChoices, portions: Sequence[Decimal], *, weight_kg: Decimal | None, on: date
) -> "ExposureShown | None":
    """Return the panel; None for nothing ordered, and for racemic ketamine without a weight."""
    from kairos.web.clinic.courses.exposure_shown import exposure_of_portions  # arrays, at the first drawing
    from kairos.web.clinic.courses.spray_shown import ROUTE, exposure_of_spray

    given, each_mg = choices.given, [float(mg) for mg in portions]
    gap, days = given.gap / _MINUTE, given.next_after / _DAY
    if not each_mg:
        return None
    if given.route == ROUTE:
        published = [float(mg) for mg in choices.published_mg]
        return exposure_of_spray(each_mg, gap, age=choices.age, next_after_d=days, published_mg=published)
    if weight_kg is None:
        return None
    kg = float(weight_kg)
    return exposure_of_portions(given.route, each_mg, gap, weight_kg=kg, next_after_d=days, on=on)


def expected_of_first(choices: PortionChoices | None, *, on: date) -> "ExposureShown | None":
    """Return the panel of the lowest first dose in whole devices; None where the dose is not known yet."""
    if choices is None or not choices.doses_mg or choices.given.each_mg is None:
        return None
    mg, each = min(choices.doses_mg), choices.given.each_mg
    return expected_of_portions(choices, [each] * int(mg / each), weight_kg=None, on=on)
