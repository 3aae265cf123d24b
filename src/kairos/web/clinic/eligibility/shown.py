"""What the eligibility page is drawn from."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kairos.domain.eligibility.decision import Decision
from kairos.domain.eligibility.ledger import JudgedTrial
from kairos.domain.eligibility.signing import Obstacle, ObstacleKind, fingerprint, obstacles
from kairos.domain.rules.target import Route, Setting
from kairos.queries.eligibility import EligibilityPage
from kairos.vocab.facts import FactKind
from kairos.vocab.people import Actor, Permission
from kairos.vocab.verdict import Severity, Verdict
from kairos.web.clinic import words
from kairos.web.clinic.eligibility.cards import Asked, Reader
from kairos.web.clinic.eligibility.forms import CHOICE_HINTS, DecisionForm
from kairos.web.clinic.people.shown import entry_url, fact_row, newest_first, once_each

FEW_QUESTIONS = 6
FEW_ENTRIES = 12
SEVERITY_WORDS: dict[Severity, Promise] = {
    Severity.ABSOLUTE: gettext_lazy("It would exclude"),
    Severity.DEFER: gettext_lazy("It would mean not yet"),
    Severity.RELATIVE: gettext_lazy("It would need your reason"),
    Severity.CAUTION: gettext_lazy("Good to know"),
}
LISTS: dict[str, Promise] = {
    FactKind.CONDITION: gettext_lazy("Conditions"),
    FactKind.MEDICATION: gettext_lazy("Medicines taken now"),
    FactKind.ALLERGY: gettext_lazy("Allergies"),
}
_GATE_WORDS: dict[ObstacleKind, Promise] = {
    ObstacleKind.EXCLUDED: gettext_lazy("Excluded: {what}"),
    ObstacleKind.NOT_YET: gettext_lazy("Not yet: {what}"),
    ObstacleKind.OPEN: gettext_lazy("Not known: {what}"),
    ObstacleKind.NO_REASON: gettext_lazy("Reason: {what}"),
    ObstacleKind.NO_WHY: gettext_lazy("Say why"),
}


def page_shown(page: EligibilityPage, form: DecisionForm, now: datetime, actor: Actor) -> dict[str, Any]:
    """Return everything the page shows."""
    reader = Reader.of(page)
    asked = reader.questions()
    against = reader.found(Verdict.NOT_MET, Severity.ABSOLUTE, Severity.DEFER, Severity.RELATIVE)
    may_sign = actor.may(Permission.SIGN_ELIGIBILITY)
    return {
        "page": page,
        "form": form,
        **_head(page, now),
        "asked": asked,
        "cards": question_cards(asked) if len(asked) <= FEW_QUESTIONS else (),
        "topics": topics(reader, asked) if len(asked) > FEW_QUESTIONS else (),
        "lists": lists(page) if asked else (),
        "unasked": [reader.card(f) for f in reader.unasked()],
        "against": [reader.card(f, form if may_sign else None) for f in against],
        "good_to_know": [reader.card(f) for f in reader.found(Verdict.NOT_MET, Severity.CAUTION)],
        "nothing_found": [reader.card(f) for f in reader.found(Verdict.MET)],
        "tally": {s.value: sum(f.severity is s for f in against) for s in Severity},
        "workup": workup(reader),
        "ledger": ledger(page),
        "definitions": definitions(reader),
        "treated_by": treated_by(page),
        "not_understood": [fact_row(f, page.person_id) for f in page.not_understood[:FEW_ENTRIES]],
        "gates": gates(reader, form),
        "hints": CHOICE_HINTS,
        "may_sign": may_sign,
        "may_answer": actor.may(Permission.ANSWER_SCREENING),
        "earlier": [_decision(page, one) for one in page.decisions],
        "signer": actor.name,
    }


def _head(page: EligibilityPage, now: datetime) -> dict[str, Any]:
    return {
        "name": page.identity.shown_name or _("Name unknown"),
        "age": words.age_on(page.identity.born_on, now.date()),
        "born": words.day_words(page.identity.born_on),
        "indication": words.INDICATION_WORDS[page.screening.indication],
        "indications": words.INDICATION_WORDS.items(),
        "scores": [
            s for s in (_score(page, "phq9_total", "PHQ-9"), _score(page, "gad7_total", "GAD-7")) if s
        ],
    }


def _score(page: EligibilityPage, concept: str, title: str) -> str:
    held = newest_first(f for f in page.facts.values() if f.concept == concept)
    return f"{title} {words.value_words(held[0].value)}, {words.fact_day(held[0])}" if held else ""


def _decision(page: EligibilityPage, decision: Any) -> dict[str, Any]:
    return {
        "id": decision.id,
        "word": words.DECISION_WORDS.get(decision.decision, decision.decision),
        "by": page.signers.get(decision.signed_by, ""),
        "at": decision.signed_at,
        "why": decision.words.get("why", ""),
        "content": page.screening.content_version[:8],
    }


def question_cards(asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the few questions left as cards."""
    return [_row(one) for one in asked]


def topics(reader: Reader, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the sheet of questions by topic; topics without an open question are left out.

    The first topic with something to answer is open, so that saving one opens the next.
    """
    by_name = {one.question.id: one for one in asked}
    sheet = []
    for topic in reader.release.intake:
        rows = [_row(by_name[name]) for name in topic.questions if name in by_name]
        if rows:
            has_choice = any(row["form"] == "yes_no" for row in rows)
            title = reader.explainer.question(topic.id)
            first = rows[0]["key"]
            found = {"id": topic.id, "title": title, "rows": rows, "has_choice": has_choice}
            sheet.append({**found, "first": first, "is_open": False})
    if sheet:
        next((one for one in sheet if one["has_choice"]), sheet[0])["is_open"] = True
    return sheet


def _row(one: Asked) -> dict[str, Any]:
    return {
        "id": one.question.id,
        "key": one.question.id.replace(".", "-"),
        "title": one.title,
        "because": one.because,
        "weight": SEVERITY_WORDS[one.severity],
        "is_silent": one.is_silent,
        "chips": one.chips,
        "form": one.form,
        "concept": one.question.concept,
        "answers": answer_words(one),
    }


def answer_words(one: Asked) -> list[tuple[str, str]]:
    """Return the answers of a question; "not sure" is always one, and keeps it unknown."""
    no = _("No, has died") if one.question.concept == "deceased" else _("No, asked today")
    return [("no", no), ("yes", _("Yes")), ("not_sure", _("Not sure"))]


def lists(page: EligibilityPage) -> list[dict[str, Any]]:
    """Return the lists that a clinician may confirm as complete, with what stands on them."""
    today = page.screening.as_of.on
    found = []
    for kind, title in LISTS.items():
        entries = once_each(newest_first(f for f in page.facts.values() if f.kind == kind))
        confirmed = [f for f in page.facts.values() if f.concept == f"list.{kind}" and f.recorded_at]
        newest = max((f.recorded_at.date() for f in confirmed if f.recorded_at), default=None)
        rows = [fact_row(f, page.person_id) for f in entries]
        found.append(
            {"kind": kind, "title": title, "rows": rows, "is_confirmed": newest == today, "on": newest}
        )
    return found


def workup(reader: Reader) -> list[dict[str, Any]]:
    """Return what is missing of the baseline work-up."""
    items = {item.id: item for item in reader.release.workup}
    return [
        {
            "title": reader.explainer.question(gap.item),
            "is_old": gap.kind == "too_old",
            "concept": items[gap.item].concepts[0],
            "key": gap.item,
        }
        for gap in reader.page.screening.workup_missing
    ]


def treated_by(page: EligibilityPage) -> list[dict[str, Any]]:
    """Return the routes and places that the content has a protocol for; only these can be signed for."""
    asked = (page.screening.target.route, page.screening.target.setting)
    uses = dict.fromkeys((each.route, each.setting) for each in page.content.release.protocols.values())
    return [
        {
            "value": f"{route}/{setting}",
            "words": f"{words.ROUTE_WORDS[Route(route)]}, {words.SETTING_WORDS[Setting(setting)]}",
            "is_chosen": (route, setting) == asked,
        }
        for route, setting in uses
    ]


def ledger(page: EligibilityPage) -> list[dict[str, Any]]:
    """Return the treatments tried with what each lacks to count, by the definition chosen."""
    return [_trial(page, judged) for judged in page.trials]


_WHY_WORDS: dict[str, Promise] = {
    "dose": gettext_lazy("dose"),
    "duration": gettext_lazy("duration"),
    "improvement": gettext_lazy("improvement"),
    "episode": gettext_lazy("this episode"),
}
_VERDICT_WORDS: dict[Verdict, Promise] = {
    Verdict.MET: gettext_lazy("Counts: adequate, and it failed"),
    Verdict.NOT_MET: gettext_lazy("Does not count"),
    Verdict.UNKNOWN: gettext_lazy("Not known"),
}


def _trial(page: EligibilityPage, judged: JudgedTrial) -> dict[str, Any]:
    trial = judged.trial
    fact = page.facts[trial.facts[0]]
    is_over = trial.ended is not None or trial.is_ongoing
    return {
        "title": words.concept_words(trial.treatment),
        "dose": words.value_words(trial.dose),
        "when": words.day_words(trial.started),
        "until": _("goes on")
        if trial.is_ongoing
        else words.day_words(trial.ended)
        if is_over
        else _("end unknown"),
        "improvement": words.value_words(trial.improvement) or _("not known"),
        "verdict": _VERDICT_WORDS[judged.verdict],
        "level": {Verdict.MET: "done", Verdict.NOT_MET: "info", Verdict.UNKNOWN: "unknown"}[judged.verdict],
        "lacking": ", ".join(str(_WHY_WORDS[why]) for why in judged.lacking),
        "url": entry_url(page.person_id, fact.id),
        "fact_id": fact.id,
        "is_told": fact.concept == "treatment_trial",
    }


def definitions(reader: Reader) -> list[dict[str, Any]]:
    """Return the definitions of resistance to choose from, each with its source."""
    chosen = reader.page.definition
    return [
        {
            "value": rule.definition,
            "title": _definition_words(rule),
            "is_chosen": rule == chosen,
            "source": "; ".join(reader.release.citations[key].title for key in rule.sources),
        }
        for rule in reader.page.definitions
    ]


def _definition_words(rule: Any) -> str:
    call = rule.grades[0].speaks_against
    return str(getattr(call, "arguments", {}).get("definition", rule.definition))


def gates(reader: Reader, form: DecisionForm) -> dict[str, Any]:
    """Return what stands between the clinician and a signature, for what is chosen now."""
    given = form.data if form.is_bound else form.initial
    decision = Decision(given.get("decision") or Decision.START)
    why, reasons = str(given.get("why", "")), form.reasons(given)
    left = obstacles(reader.page.findings, decision, why=why, reasons=reasons)
    rows = [_gate(reader, o) for o in left if o.kind is not ObstacleKind.OPEN]
    unknown = [_gate(reader, o) for o in left if o.kind is ObstacleKind.OPEN]
    if len(unknown) > FEW_QUESTIONS:
        asked = len(reader.questions())
        title = ngettext("%(n)d question is open", "%(n)d questions are open", asked) % {"n": asked}
        unknown = [{"words": title, "href": "#ask"}]
    given_reasons = [reader.title(rule) for rule, reason in reasons.items() if reason]
    is_excluded = any(o.kind is ObstacleKind.EXCLUDED for o in left)
    rows = [*_stale(reader, given), *unknown, *rows]
    return {"rows": rows, "left": len(rows), "given": given_reasons, "is_excluded": is_excluded}


def _stale(reader: Reader, given: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the one thing left where the findings on the screen are no longer those of the record."""
    if given.get("seen") == fingerprint(reader.page.findings):
        return []
    words = _("New answers came in since this page was opened. Open it again, look, then sign.")
    return [{"words": words, "href": reverse("eligibility", args=[reader.page.person_id])}]


def _gate(reader: Reader, obstacle: Obstacle) -> dict[str, str]:
    what = reader.title(obstacle.rule) if obstacle.rule else ""
    if obstacle.kind is ObstacleKind.NO_WHY:
        return {"words": str(_GATE_WORDS[obstacle.kind]), "href": "#id_why"}
    place = "#ask" if obstacle.kind is ObstacleKind.OPEN else f"#finding-{slugify(obstacle.rule)}"
    return {"words": str(_GATE_WORDS[obstacle.kind]).format(what=what), "href": place}
