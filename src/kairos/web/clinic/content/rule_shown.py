"""One rule as its page shows it: sentences, condition, numbers, guards, and for what it holds."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.content.changes import changes_of
from kairos.domain.evidence.parameters import ParameterValue
from kairos.domain.evidence.texts import Audience
from kairos.domain.rules.condition_words import Clause, ConditionReader
from kairos.domain.rules.rule import Grade
from kairos.domain.rules.target import Moment, Reach
from kairos.queries.rule_page import RulePage
from kairos.vocab.errors import NotInForce
from kairos.vocab.verdict import Verdict
from kairos.web.clinic.content.words import (
    BASIS_WORDS,
    CERTAINTY_WORDS,
    NOT_READ,
    SEVERITY_LEVELS,
    SEVERITY_WORDS,
)
from kairos.web.clinic.words import INDICATION_WORDS, ROUTE_WORDS, SETTING_WORDS, unit_words

AUDIENCE_WORDS: dict[Audience, Promise] = {
    Audience.CLINICIAN: gettext_lazy("To a clinician"),
    Audience.PATIENT: gettext_lazy("To the person"),
}
MOMENT_WORDS: dict[Moment, Promise] = {
    Moment.SCREENING: gettext_lazy("before a course"),
    Moment.SAME_DAY: gettext_lazy("on the day of each session"),
}
VERDICT_WORDS: dict[Verdict, tuple[str, Promise]] = {
    Verdict.NOT_MET: ("caution", gettext_lazy("Speaks against it")),
    Verdict.UNKNOWN: ("unknown", gettext_lazy("Not known")),
    Verdict.MET: ("info", gettext_lazy("Nothing against it")),
}
_GUARDS = Path(__file__).parent / "guards.yaml"


@cache
def guards() -> dict[str, list[dict[str, Any]]]:
    """Return the hazards that each rule stands against, as printed from the safety file."""
    return dict(yaml.safe_load(_GUARDS.read_text(encoding="utf-8")))


def rule_shown(page: RulePage) -> dict[str, Any]:
    """Return everything the page of one rule shows."""
    reader = ConditionReader(page.content.release.texts, lambda name: number_words(page, name))
    rule = page.rule
    return {
        "page": page,
        "rule": rule,
        "title": page.said[Audience.CLINICIAN][0] or rule.id,
        "said": [(AUDIENCE_WORDS[audience], *words) for audience, words in page.said.items()],
        "grades": [_grade(grade, reader) for grade in rule.grades],
        "reach": reach_words(rule.reach),
        "moments": ", ".join(str(MOMENT_WORDS[m]) for m in Moment if m in rule.moments),
        "numbers": [[_number(page, value) for value in dated] for dated in page.numbers],
        "changes": changes_of(rule.id),
        "guards": guards().get(rule.id, []),
        "counts": _counts(page),
        "people": _people(page),
    }


def number_words(page: RulePage, name: str) -> str:
    """Return a number in force with its unit; a text that is no number stands as it is."""
    try:
        return _quantity(page.content.parameters.entry(name, on=page.on))
    except NotInForce:
        return name


def _quantity(value: ParameterValue) -> str:
    unit = _("years") if value.quantity.unit == "a" else _UNITS.get(value.quantity.unit, value.quantity.unit)
    return f"{value.quantity.value:g} {unit_words(str(unit))}".strip()


_UNITS: dict[str, Promise] = {
    "d": gettext_lazy("days"),
    "wk": gettext_lazy("weeks"),
    "h": gettext_lazy("hours"),
    "min": gettext_lazy("minutes"),
}


def _grade(grade: Grade, reader: ConditionReader) -> dict[str, Any]:
    return {
        "level": SEVERITY_LEVELS[grade.severity],
        "word": SEVERITY_WORDS[grade.severity],
        "reach": reach_words(grade.reach),
        "lines": list(_lines(reader.read(grade.speaks_against), 0)),
        "steps": [reader.texts.template(step) for step in grade.steps],
        "pathway": grade.pathway,
    }


def _lines(clause: Clause, depth: int) -> list[dict[str, Any]]:
    """Return a condition as lines, each with how deep it stands."""
    below = [line for part in clause.parts for line in _lines(part, depth + 1)]
    return [{"words": clause.words, "depth": min(depth, 5)}, *below]


def reach_words(reach: Reach) -> str:
    """Return for which routes, places, indications and laws something holds."""
    told = [
        ", ".join(str(ROUTE_WORDS[r]) for r in ROUTE_WORDS if r in reach.routes),
        ", ".join(str(SETTING_WORDS[s]) for s in SETTING_WORDS if s in reach.settings),
        ", ".join(str(INDICATION_WORDS[i]) for i in INDICATION_WORDS if i in reach.indications),
        ", ".join(sorted(place.upper() for place in reach.jurisdictions)),
        ", ".join(sorted(status.replace("_", " ") for status in reach.statuses)),
        _prescribing(reach),
    ]
    return "; ".join(part for part in told if part) or _("every route, place and indication")


def _prescribing(reach: Reach) -> str:
    laws = ", ".join(sorted(law.replace("_", " ") for law in reach.telehealth))
    return _("prescribing without a visit: %(laws)s") % {"laws": laws} if laws else ""


def _number(page: RulePage, value: ParameterValue) -> dict[str, Any]:
    citations = page.content.release.citations
    return {
        "value": value,
        "shown": _quantity(value),
        "basis": BASIS_WORDS[value.basis],
        "mark": CERTAINTY_WORDS[value.certainty],
        "is_unread": value.certainty in NOT_READ,
        "sources": [citations[key.removeprefix("cite:")] for key in value.sources],
        "is_later": value.from_day > page.on,
    }


def _counts(page: RulePage) -> list[dict[str, Any]]:
    return count_rows(page.touched.counts) if page.touched else []


def count_rows(counts: Any) -> list[dict[str, Any]]:
    """Return how many people each verdict has, what speaks against first."""
    return [
        {"level": level, "word": word, "count": counts.get(verdict, 0)}
        for verdict, (level, word) in VERDICT_WORDS.items()
    ]


def _people(page: RulePage) -> list[dict[str, Any]]:
    return people_rows(page.touched.people) if page.touched else []


def people_rows(people: Any) -> list[dict[str, Any]]:
    """Return people with what the rule says of each."""
    return [
        {"person_id": each.person_id, "name": each.name, "level": level, "word": word}
        for each in people
        for level, word in [VERDICT_WORDS[each.verdict]]
    ]
