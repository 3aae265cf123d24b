"""Going home: two numbered gates, time and criteria; what is left, and who can meet it."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.content.release import load_release
from kairos.domain.protocols.dose_rules import CountsFrom, DoseForm
from kairos.domain.sessions.events import ReleaseCriterionRecorded
from kairos.domain.sessions.gates import gate
from kairos.domain.sessions.phases import Phase
from kairos.domain.sessions.picture import Picture
from kairos.domain.sessions.release import Criterion
from kairos.queries.dosing_sessions import SessionPage
from kairos.vocab.verdict import Verdict
from kairos.web.clinic.sessions.words import clock, gate_reason, sentence, text
from kairos.web.design import parts

_MINUTE = timedelta(minutes=1)
_FORMS = {
    "release.vitals": ("session_vitals", gettext_lazy("Take vital signs")),
    "release.sedation": ("session_sedation", gettext_lazy("Rate wakefulness")),
    "release.dissociation": ("session_dissociation", gettext_lazy("Rate detachment")),
}


def release_context(page: SessionPage, *, may_override: bool) -> dict[str, Any]:
    """Return everything that the template of release draws."""
    picture = page.picture
    readiness = picture.readiness
    standing = gate(picture, "released")
    name = page.identity.preferred_name or page.identity.given_names or page.identity.shown_name
    met = sum(each.is_cleared for each in readiness.criteria)
    return {
        "page": page,
        "given_name": name,
        "is_ready": standing.is_open,
        "is_watching": picture.state.phase is Phase.OBSERVING,
        "gate": parts.Gate(
            name="release",
            words=_("Release %(name)s") % {"name": name},
            is_open=standing.is_open,
            opens_when=gate_reason(standing, page.zone),
        ),
        "time": _time(page, readiness.time),
        "opens_at": readiness.opens_at if not readiness.time.is_cleared else None,
        "rows": [_row(page, each) for each in readiness.criteria],
        "met": met,
        "count": len(readiness.criteria),
        "left": len(readiness.criteria) - met,
        "overridable": _overridable(page) if may_override else [],
        "reading_max_age": f"{picture.limits.quantity('release.reading_max_age').value:g}",
    }


def _time(page: SessionPage, time: Criterion) -> dict[str, Any]:
    picture = page.picture
    since, least = picture.readiness.counted_from, picture.readiness.least
    gone = max(picture.now - since, timedelta(0)) if since else timedelta(0)
    whole = least // _MINUTE
    return {
        "gone": min(gone // _MINUTE, whole) if since else 0,
        "whole": whole,
        "needed": load_release().texts.render(_time_needed(page), dict(time.finding.values)),
        "rule": _rule(gone, least),
        "marks": _marks(page, since, picture.readiness.opens_at),
        "has_ended": since is not None,
    }


def _time_needed(page: SessionPage) -> str:
    is_first = page.picture.protocol.time_gate.counts_from is CountsFrom.FIRST
    return "release.time.needed.first" if is_first else "release.time.needed"


def _rule(gone: timedelta, least: timedelta) -> parts.MomentRule:
    length, past = least / _MINUTE, min(gone / _MINUTE, least / _MINUTE)
    said = _("%(gone)s of %(whole)s minutes gone by") % {
        "gone": gone // _MINUTE,
        "whole": least // _MINUTE,
    }
    stretches = [parts.Stretch("bed", 0, length), parts.Stretch("past", 0, past)]
    marks = [parts.Mark("gate", length), parts.Mark("now", past)]
    return parts.MomentRule(label=said, length_min=length, stretches=stretches, marks=marks)


def _marks(
    page: SessionPage, since: datetime | None, opens_at: datetime | None
) -> list[tuple[str, str, str]]:
    if since is None or opens_at is None:
        return []
    return [
        ("", clock(since, page.zone), counted_from_words(page.picture)),
        ("end", clock(opens_at, page.zone), _("Earliest")),
    ]


def counted_from_words(picture: Picture) -> str:
    """Return in words from when the least time is counted."""
    if picture.protocol.dose.form is DoseForm.INFUSION:
        return _("End of the infusion")
    is_first = picture.protocol.time_gate.counts_from is CountsFrom.FIRST
    return _("First of the dose") if is_first else _("End of the dose")


def _row(page: SessionPage, each: Criterion) -> parts.ChecklistRow:
    route, words = _FORMS.get(each.rule, ("", ""))
    criterion = each.rule.removeprefix("release.")
    url = reverse(route, args=[page.id]) if route else reverse("session_criterion", args=[page.id, criterion])
    is_met = each.is_cleared
    return parts.ChecklistRow(
        criterion=text(each.rule),
        now=_now(page, each),
        needed=load_release().texts.render(f"{each.rule}.needed", dict(each.finding.values)),
        is_met=is_met,
        is_unknown=each.finding.verdict is Verdict.UNKNOWN,
        seen=_seen(page, each),
        action_url="" if is_met or page.picture.state.phase is not Phase.OBSERVING else url,
        action_words=words or _("Record"),
    )


def _now(page: SessionPage, each: Criterion) -> str:
    if each.override is not None:
        return _("Passed by a prescriber's reason")
    seen = page.picture.state.criteria.get(each.rule.removeprefix("release."))
    if seen is not None and isinstance(seen.event, ReleaseCriterionRecorded) and each.seen_at:
        return text(f"{each.rule}.{seen.event.answer}")
    return sentence(each.finding)


def _seen(page: SessionPage, each: Criterion) -> str:
    if each.seen_at is None:
        return ""
    names = {str(key): name for key, name in page.names.items()}
    return f"{clock(each.seen_at, page.zone)}, {names.get(each.seen_by, '')}".rstrip(", ")


def _overridable(page: SessionPage) -> list[dict[str, str]]:
    return [
        {"words": text(each.rule), "url": reverse("session_override", args=[page.id, each.rule])}
        for each in page.picture.readiness.left
        if each.can_be_overridden and each.finding.verdict is Verdict.NOT_MET
    ]
