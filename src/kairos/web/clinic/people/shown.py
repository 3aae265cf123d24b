"""What the pages about people are drawn from."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.queries.originals import OriginalEntry
from kairos.queries.people import Chart, PeopleList, PersonRow
from kairos.vocab.facts import Fact, FactKind, Understanding
from kairos.vocab.people import Actor, Permission
from kairos.vocab.stages import Stage
from kairos.vocab.verdict import Advice
from kairos.web.clinic import words

FEW = 8
A_PAGE = 200
_NEXT_BY_ADVICE: dict[Advice | None, Promise] = {
    None: gettext_lazy("Screen"),
    Advice.INCOMPLETE: gettext_lazy("Ask what is open"),
    Advice.NEEDS_REVIEW: gettext_lazy("Decide"),
    Advice.EXCLUDED: gettext_lazy("Decide"),
    Advice.MAY_PROCEED: gettext_lazy("Decide"),
}
_NEXT_BY_STAGE: dict[str, Promise] = {
    Stage.ELIGIBLE: gettext_lazy("Consent and plan"),
    Stage.IN_COURSE: gettext_lazy("Next session"),
    Stage.FOLLOW_UP: gettext_lazy("Follow-up"),
    Stage.NOT_NOW: gettext_lazy("Look again"),
}
_LEVELS: dict[Advice | None, str] = {
    None: "unknown",
    Advice.INCOMPLETE: "unknown",
    Advice.NEEDS_REVIEW: "caution",
    Advice.EXCLUDED: "emergency",
    Advice.MAY_PROCEED: "info",
}


_NEXT_ROUTES: dict[str, str] = {
    Stage.SCREENING: "eligibility",
    Stage.ELIGIBLE: "consent_person",
    Stage.IN_COURSE: "course",
    Stage.FOLLOW_UP: "progress",
    Stage.NOT_NOW: "eligibility",
}
_PERMISSIONS = {
    "consent_person": Permission.TAKE_CONSENT,
    "eligibility": Permission.SEE_CHART,
    "session_console": Permission.SEE_CHART,
    "progress": Permission.SEE_CHART,
    "course": Permission.SEE_PEOPLE,
}


def rows_shown(found: PeopleList, actor: Actor) -> list[dict[str, Any]]:
    """Return the lines of the list; what is next is a link where the actor may follow it."""
    return [{**_row(row), **_next(row, actor)} for row in found.rows]


def _next(row: PersonRow, actor: Actor) -> dict[str, Any]:
    """Return where the course stands in words, and the address of what is next."""
    course = row.course
    if course is None or row.stage not in (Stage.ELIGIBLE, Stage.IN_COURSE):
        return _led(_NEXT_ROUTES.get(row.stage, ""), row.person_id, actor)
    if course.open_stream is not None:
        running = {"where": _("Session running now"), "next": _("Open the session")}
        return running | _led("session_console", course.open_stream, actor)
    if course.is_over:
        over = {"where": _("Every session held"), "next": _("Review and end the course")}
        return over | _led("progress", row.person_id, actor)
    many = {"held": course.held, "all": course.planned}
    where = (
        _("In course, %(held)d of %(all)d") % many if course.held else _("Planned, %(all)d sessions") % many
    )
    return {"where": where, "next": _("Next session")} | _led("course", row.person_id, actor)


def _led(route: str, key: UUID, actor: Actor) -> dict[str, str]:
    may = route and actor.may(_PERMISSIONS[route])
    return {"next_url": reverse(route, args=[key]) if may else ""}


def _row(row: PersonRow) -> dict[str, Any]:
    is_open = row.stage == Stage.SCREENING
    next_thing = _NEXT_BY_ADVICE[row.advice] if is_open else _NEXT_BY_STAGE.get(row.stage, "")
    return {
        "person_id": row.person_id,
        "name": row.name or _("Name unknown"),
        "born": words.day_words(row.born_on),
        "stage": words.STAGE_WORDS.get(row.stage, row.stage),
        "level": _LEVELS[row.advice] if is_open else "",
        "advice": words.ADVICE_WORDS[row.advice] if row.advice and is_open else _("Not screened yet"),
        "next": next_thing,
        "is_waiting": row.is_waiting,
    }


def chart_shown(chart: Chart, now: datetime, actor: Actor) -> dict[str, Any]:
    """Return what a chart is drawn from."""
    identity = chart.identity
    return {
        "chart": chart,
        "name": identity.shown_name or _("Name unknown"),
        "age": words.age_on(identity.born_on, now.date()),
        "born": words.day_words(identity.born_on),
        "stage": words.STAGE_WORDS.get(chart.enrolments[0].stage, chart.enrolments[0].stage),
        "advice": words.ADVICE_WORDS[chart.advice] if chart.advice else "",
        "decisions": [_decision(chart, one) for one in chart.decisions],
        "kinds": _kinds(chart),
        "not_understood": sum(f.understanding is Understanding.NOT_UNDERSTOOD for f in chart.facts),
        "implausible": sum(f.understanding is Understanding.IMPLAUSIBLE for f in chart.facts),
        "may_enter": actor.may(Permission.ANSWER_SCREENING),
    }


def _decision(chart: Chart, decision: Any) -> dict[str, Any]:
    return {
        "word": words.DECISION_WORDS.get(decision.decision, decision.decision),
        "by": chart.signers.get(decision.signed_by, ""),
        "at": decision.signed_at,
        "why": decision.words.get("why", ""),
    }


def _kinds(chart: Chart) -> list[dict[str, Any]]:
    """Return each kind of fact that there is, with its newest entries."""
    kinds = []
    for kind, title in words.KIND_WORDS.items():
        of_kind = once_each(newest_first(f for f in chart.facts if f.kind == kind))
        if of_kind:
            rows = [fact_row(f, chart.person_id) for f in of_kind[:FEW]]
            kinds.append({"kind": kind, "title": title, "count": len(of_kind), "rows": rows})
    return kinds


def newest_first(facts: Iterable[Fact]) -> list[Fact]:
    """Return facts by day, the newest first."""
    return sorted(facts, key=lambda f: (_sort_day(f), f.id), reverse=True)


def once_each(facts: Iterable[Fact]) -> list[Fact]:
    """Return facts without those that only read another meaning out of the same entry."""
    shown = {(f.origin.ref, words.fact_title(f), words.value_words(f.value)): f for f in facts}
    return list(shown.values())


def _sort_day(fact: Fact) -> str:
    if fact.true_from is not None:
        return str(fact.true_from)
    at = fact.true_at or fact.recorded_at
    return at.date().isoformat() if at is not None else ""


def fact_row(fact: Fact, person_id: UUID) -> dict[str, str]:
    """Return one fact as a line of a table."""
    return {
        "title": words.fact_title(fact),
        "value": words.value_words(fact.value),
        "day": words.fact_day(fact),
        "notes": words.fact_notes(fact),
        "origin": str(words.ORIGIN_WORDS[fact.origin.kind]),
        "url": entry_url(person_id, fact.id),
    }


def entry_url(person_id: UUID, fact_id: str) -> str:
    """Return the address of the original entry of a fact."""
    return f"{reverse('original_entry', args=[person_id])}?{urlencode({'fact': fact_id})}"


def facts_shown(chart: Chart, kind: str, page: str) -> dict[str, Any]:
    """Return what the page of all facts of a kind is drawn from."""
    of_kind = once_each(newest_first(f for f in chart.facts if f.kind == kind))
    pages = Paginator(of_kind, A_PAGE).get_page(page)
    return {
        "chart": chart,
        "name": chart.identity.shown_name,
        "born": words.day_words(chart.identity.born_on),
        "title": words.KIND_WORDS.get(kind, kind),
        "count": len(of_kind),
        "pages": pages,
        "rows": [fact_row(f, chart.person_id) for f in pages],
    }


def entry_shown(found: OriginalEntry, person_id: UUID, actor: Actor) -> dict[str, Any]:
    """Return what the page of an original entry is drawn from."""
    fact = found.fact
    is_read = fact.kind not in (FactKind.ANSWER, FactKind.DEMOGRAPHIC)
    return {
        "person_id": person_id,
        "name": found.name,
        "fact": fact,
        "row": fact_row(fact, person_id),
        "concept": words.concept_words(fact.concept) if fact.concept else _("nothing: not understood"),
        "kind": words.KIND_WORDS[fact.kind],
        "entries": found.entries,
        "stated_by": found.stated_by,
        "reason": fact.details.get("reason", ""),
        "may_set_aside": is_read and actor.may(Permission.SIGN_ELIGIBILITY),
    }
