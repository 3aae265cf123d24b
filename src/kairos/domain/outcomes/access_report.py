"""Who reaches treatment, by group (S-151): everybody who was screened, and whether a session was held."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kairos.domain.outcomes.disclosure import Shown, shown_table
from kairos.vocab.instants import PartialDate

NOT_KNOWN = "not_known"
_SEXES = ("female", "male")
_LANGUAGES = ("en", "es")
_AGES = ((30, "under_30"), (45, "30_to_44"), (60, "45_to_59"))
_OLDEST = "60_on"


class FeeState(StrEnum):
    """What is known of somebody's fee."""

    ASKED = "asked"
    WAIVED = "waived"
    REFUSED = "refused"
    ENDED = "ended"


class Grouping(StrEnum):
    """By what people are grouped."""

    SEX = "sex"
    AGE = "age"
    LANGUAGE = "language"
    FEE = "fee"


GROUPS: Mapping[Grouping, tuple[str, ...]] = {
    Grouping.SEX: (*_SEXES, "other", NOT_KNOWN),
    Grouping.AGE: (*(name for _, name in _AGES), _OLDEST, NOT_KNOWN),
    Grouping.LANGUAGE: (*_LANGUAGES, "other", NOT_KNOWN),
    Grouping.FEE: (*(state.value for state in FeeState), "full"),
}
"""The groups in their order; which are hidden depends on it, and never on the counts."""


@dataclass(frozen=True, slots=True)
class PersonOfGroup:
    """What the report needs of one person. ``fee`` is None where nobody asked to pay less."""

    was_treated: bool
    sex: str = ""
    language: str = ""
    born_on: PartialDate | None = None
    fee: FeeState | None = None


def access_report(people: Iterable[PersonOfGroup], *, today: date, smallest: int) -> Mapping[Grouping, Shown]:
    """Return for each group how many were not treated so far and how many were, small counts hidden."""
    seen = list(people)
    return {
        grouping: shown_table(
            {
                group: (
                    sum(not each.was_treated for each in seen if _group(each, grouping, today) == group),
                    sum(each.was_treated for each in seen if _group(each, grouping, today) == group),
                )
                for group in groups
            },
            smallest=smallest,
        )
        for grouping, groups in GROUPS.items()
    }


def _group(person: PersonOfGroup, grouping: Grouping, today: date) -> str:
    if grouping is Grouping.FEE:
        return person.fee.value if person.fee else "full"
    if grouping is Grouping.AGE:
        return _age(person.born_on, today)
    told, known = (person.sex, _SEXES) if grouping is Grouping.SEX else (person.language[:2], _LANGUAGES)
    return told if told in known else "other" if told else NOT_KNOWN


def _age(born_on: PartialDate | None, today: date) -> str:
    """Return the group of an age; a birth date that leaves it open is not known."""
    if born_on is None:
        return NOT_KNOWN
    ages = {
        _band(today.year - day.year - ((today.month, today.day) < (day.month, day.day)))
        for day in (born_on.first, born_on.last)
    }
    return ages.pop() if len(ages) == 1 else NOT_KNOWN


def _band(age: int) -> str:
    return next((name for under, name in _AGES if age < under), _OLDEST)
