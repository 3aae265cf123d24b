"""What the page about a person's medicines is drawn from."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.content.release import load_release
from kairos.domain.protocols.medicine_list import ListState, Medicine, MedicineState
from kairos.domain.protocols.medicine_plan import PlanState, Proposed
from kairos.domain.rules.interactions import InteractionLevel, Met, PlanAction
from kairos.queries.medicines import Medicines
from kairos.vocab.facts import Fact, OriginKind
from kairos.vocab.people import Actor, Permission
from kairos.web.clinic.medicines.forms import INFORMANT_WORDS, PlanForm
from kairos.web.clinic.people.shown import entry_url
from kairos.web.clinic.words import age_on, day_words
from kairos.web.medicine_words import (
    advice_words,
    agreed_words,
    dosage_words,
    plan_words,
    say,
    standing_words,
)

STATE_WORDS: dict[MedicineState, Promise] = {
    MedicineState.TAKING: gettext_lazy("Taken"),
    MedicineState.NOT_SURE: gettext_lazy("Not sure"),
    MedicineState.UNREAD: gettext_lazy("Not understood"),
    MedicineState.UNNAMED: gettext_lazy("Said to be taken; which one is not on the list"),
    MedicineState.ENDED: gettext_lazy("Ended"),
}
STATE_LOOKS = {MedicineState.TAKING: "plain", MedicineState.ENDED: "plain"}
LEVEL_LOOKS = {
    InteractionLevel.EXCLUDED: "emergency",
    InteractionLevel.HIGH: "urgent",
    InteractionLevel.MODERATE: "caution",
    InteractionLevel.LOW: "info",
}
ROUTE_WORDS: dict[str, Promise] = {
    "iv": gettext_lazy("Infusion"),
    "im": gettext_lazy("Into the muscle"),
    "in": gettext_lazy("Racemic nasal spray"),
    "esketamine": gettext_lazy("Esketamine spray"),
    "oral": gettext_lazy("Swallowed"),
    "sl": gettext_lazy("Lozenge"),
}


def medicines_shown(page: Medicines, form: PlanForm | None, actor: Actor, now: datetime) -> dict[str, Any]:
    """Return everything the page draws; ``form`` is the plan to sign, where it may be signed."""
    listed, identity = page.listed, page.identity
    is_met = page.standing.state is PlanState.IN_PLACE
    plan = page.plan
    return {
        "page": page,
        "name": identity.shown_name or _("Name unknown"),
        "age": age_on(identity.born_on, now.date()),
        "standing": standing_words(page.finding),
        "standing_look": "ok" if is_met else "unknown",
        "missing": page.standing.missing,
        "routes": _routes(page),
        "route_word": ROUTE_WORDS[page.route],
        "lines": [_line(page, each, actor) for each in page.proposals],
        "ended": [_ended(page, each) for each in listed.medicines if each.state is MedicineState.ENDED],
        "confirmed": _confirmed(page),
        "is_known": listed.state is ListState.KNOWN,
        "may_keep": actor.may(Permission.KEEP_MEDICINES),
        "may_plan": actor.may(Permission.PLAN_MEDICINES),
        "informants": INFORMANT_WORDS.items(),
        "form": form,
        "rows": _plan_rows(page, form) if form else [],
        "signed": agreed_words(page.names.get(plan.signed_by, ""), plan.signed_at) if plan else "",
        "signed_route": ROUTE_WORDS[plan.route] if plan else "",
        "rule": say("medicine.rule"),
    }


def _routes(page: Medicines) -> list[dict[str, Any]]:
    here = reverse("medicines", args=[page.person_id])
    return [
        {"word": word, "url": f"{here}?route={route}", "is_here": route == page.route}
        for route, word in ROUTE_WORDS.items()
    ]


def _line(page: Medicines, each: Proposed, actor: Actor) -> dict[str, Any]:
    medicine = each.medicine
    signed = page.plan.line(medicine.key) if page.plan and page.plan.route == page.route else None
    waiting = page.waiting.get(medicine.key)
    return {
        "key": medicine.key,
        "name": medicine.name,
        "dosage": dosage_words(medicine.newest),
        "state": STATE_WORDS[medicine.state],
        "look": STATE_LOOKS.get(medicine.state, "unknown"),
        "is_understood": medicine.is_understood,
        "drug": medicine.newest.concept.replace("_", " "),
        "source": source_words(page, medicine.newest),
        "source_url": entry_url(page.person_id, medicine.newest.id)
        if _is_original(medicine.newest, actor)
        else "",
        "met": [_met(met, page) for met in each.met],
        "no_row": "" if each.met else _no_row(medicine),
        "plan": plan_words(signed) if signed else "",
        "reason": signed.reason if signed else "",
        "waiting": waiting,
        "may_confirm_code": waiting is not None and actor.may(Permission.CONFIRM_CODES),
    }


def _is_original(fact: Fact, actor: Actor) -> bool:
    return fact.origin.kind is OriginKind.RECORD and actor.may(Permission.SEE_ORIGINAL)


def _no_row(medicine: Medicine) -> str:
    return say("medicine.unlisted.advice" if medicine.is_understood else "medicine.not_understood.advice")


def _met(met: Met, page: Medicines) -> dict[str, Any]:
    citations = load_release().citations
    return {
        "look": LEVEL_LOOKS[met.level],
        "level": say(f"interaction.level.{met.level}"),
        "name": say(f"interaction.{met.row.id}.name"),
        "flags": [say(f"interaction.flag.{flag}") for flag in met.flags],
        "mechanism": say(f"interaction.{met.row.id}.mechanism"),
        "advice": advice_words(met, page.limits),
        "effects": [
            {
                "drug": effect.drug.replace("_", " "),
                "auc": f"{effect.auc:g}",
                "peak": f"{effect.peak:g}" if effect.peak is not None else "",
                "source": "; ".join(citations[key].title for key in effect.sources),
                "certainty": effect.certainty,
            }
            for effect in met.row.effects
            if effect.column is met.column
        ],
        "source": "; ".join(citations[key].title for key in met.row.sources),
        "certainty": met.row.certainty,
    }


def source_words(page: Medicines, fact: Fact) -> str:
    """Return who said so, who wrote it down, and when."""
    day = day_words(fact.recorded_at or fact.true_at or fact.true_from)
    if fact.origin.kind is OriginKind.RECORD:
        return _("From the record, %(day)s") % {"day": day}
    who = INFORMANT_WORDS.get(str(fact.details.get("told_by", "")), _("Said here"))
    name = page.names.get(fact.origin.by, "")
    if not name:
        return _("%(who)s, %(day)s") % {"who": who, "day": day}
    return _("%(who)s, written down by %(name)s, %(day)s") % {"who": who, "name": name, "day": day}


def _ended(page: Medicines, medicine: Medicine) -> dict[str, str]:
    last = medicine.entries[-1]
    return {"name": medicine.name, "source": source_words(page, last)}


def _confirmed(page: Medicines) -> str:
    fact = page.listed.confirmed
    if fact is None:
        return ""
    day = day_words(fact.recorded_at)
    name = page.names.get(fact.origin.by, "")
    return _("Gone through on %(day)s, by %(name)s") % {"day": day, "name": name} if name else day


def _plan_rows(page: Medicines, form: PlanForm) -> list[dict[str, Any]]:
    return [
        {
            **row,
            "name": row["proposed"].medicine.name,
            "is_open": form.is_bound or row["line"].value() != PlanAction.CONTINUE,
            "wants_reason": row["proposed"].proposal.wants_reason,
            "before": say("medicine.unplanned." + row["proposed"].unplanned),
        }
        for row in form.rows()
    ]
