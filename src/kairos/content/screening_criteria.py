"""The criteria of a release for one route and indication, bound once for a day and kept for the process."""

from datetime import date
from functools import lru_cache

from kairos.content.release import ContentRelease, load_release
from kairos.domain.eligibility.screening import DEFAULT_DEFINITIONS, Criteria, criteria
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.rules.rule import Indication, Moment, Route


def criteria_of(
    release: ContentRelease,
    *,
    on: date,
    parameters: ParameterBook | None = None,
    route: Route = Route.IV,
    indication: Indication = Indication.TRD,
    moment: Moment = Moment.SCREENING,
    definitions: frozenset[str] = DEFAULT_DEFINITIONS,
) -> Criteria:
    """Return the rules of a release as they hold on a day.

    Parameters
    ----------
    on : date                   the day whose content holds: today, or the day of a decision to be replayed
    parameters : ParameterBook  with a programme's own values over them; the release's where left out
    """
    classes = {name for ingredient in release.concepts.ingredients.values() for name in ingredient.classes}
    return criteria(
        release.rules,
        parameters or release.parameters,
        on=on,
        classes={name: release.concepts.ingredients_of(name) for name in classes},
        questions=release.questions,
        workup=release.workup,
        version=release.version,
        route=route,
        indication=indication,
        moment=moment,
        definitions=definitions,
    )


@lru_cache(maxsize=16)
def shipped_criteria(
    on: date,
    route: Route = Route.IV,
    indication: Indication = Indication.TRD,
    moment: Moment = Moment.SCREENING,
) -> Criteria:
    """Return the criteria of the release that ships with the program, bound once for each day."""
    return criteria_of(load_release(), on=on, route=route, indication=indication, moment=moment)
