"""What the pages about records are drawn from."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kairos.queries.joins import JoinPair
from kairos.queries.originals import ImportReport
from kairos.web.clinic.words import day_words

OUTCOMES = ("taken", "stored_only", "not_understood", "refused")
REASON_WORDS: dict[str, Promise] = {
    "same_identifier": _("The same identifier"),
    "same_name_and_birth_date": _("The same name and date of birth"),
}


def reports_shown(reports: Iterable[ImportReport]) -> list[dict[str, Any]]:
    """Return each file's report with its sums."""
    return [_report(report) for report in reports]


def _report(found: ImportReport) -> dict[str, Any]:
    resources: Mapping[str, Mapping[str, int]] = found.report.get("resources", {})
    rows = [{"type": name, "counts": [counts[o] for o in OUTCOMES]} for name, counts in resources.items()]
    sums = [sum(counts[o] for counts in resources.values()) for o in OUTCOMES]
    return {
        "is_unchanged": found.report.get("status") == "unchanged",
        "people": found.people,
        "rows": rows,
        "sums": sums,
        "total": sum(sums),
        "implausible": found.report.get("implausible", 0),
        "not_understood": found.report.get("not_understood", ()),
        "notes": found.report.get("notes", ()),
        "message": found.report.get("message", ""),
    }


def joins_shown(pairs: Iterable[JoinPair]) -> dict[str, Any]:
    """Return each pair with both people side by side."""
    return {"pairs": [_pair(pair) for pair in pairs]}


def _pair(pair: JoinPair) -> dict[str, Any]:
    sides = [
        {
            "person_id": side.person_id,
            "name": side.identity.shown_name,
            "born": day_words(side.identity.born_on),
            "sex": side.identity.sex,
            "identifiers": [one["value"] for one in side.identity.identifiers],
            "facts": side.facts,
        }
        for side in pair.sides
    ]
    return {
        "id": pair.id,
        "sides": sides,
        "because": [REASON_WORDS.get(reason, reason) for reason in pair.because],
    }
