"""What is known about me, entry by entry, and "this is not right" on each of them."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from kairos.actions.contest_entry import contest_entry
from kairos.domain.eligibility.contested import IDENTITY_FIELDS, identity_field, name_of_field
from kairos.domain.eligibility.objections import LONGEST
from kairos.domain.instruments.task_outcomes import RECORD_CORRECTED
from kairos.queries.own_facts import ContestedEntry, OwnFacts, own_fact, own_facts
from kairos.vocab.codes import Code
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.facts import Fact, FactKind, Presence
from kairos.vocab.people import Actor, Permission
from kairos.vocab.quantities import Quantity
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm

KIND_WORDS: dict[FactKind, Promise] = {
    FactKind.MEDICATION: gettext_lazy("Medicines"),
    FactKind.CONDITION: gettext_lazy("Illnesses"),
    FactKind.ALLERGY: gettext_lazy("Allergies"),
    FactKind.VITAL: gettext_lazy("Measures"),
    FactKind.LABORATORY: gettext_lazy("Laboratory"),
    FactKind.PROCEDURE: gettext_lazy("Operations and procedures"),
    FactKind.SCORE: gettext_lazy("Scores"),
    FactKind.ANSWER: gettext_lazy("Answers"),
    FactKind.ENCOUNTER: gettext_lazy("Visits"),
    FactKind.DEMOGRAPHIC: gettext_lazy("About you"),
}
FIELD_WORDS: dict[str, Promise] = {
    "given_names": gettext_lazy("First names"),
    "family_name": gettext_lazy("Family name"),
    "preferred_name": gettext_lazy("What you like to be called"),
    "born_on": gettext_lazy("Born on"),
    "sex": gettext_lazy("Sex on record"),
    "contacts": gettext_lazy("How you are reached"),
}


class NotRightForm(CommandForm):
    """What is right instead."""

    words = forms.CharField(
        label=gettext_lazy("What is right instead, in your own words"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@allow(Permission.SEE_OWN_RECORD)
@require_GET
def show_facts(request: ActingRequest) -> HttpResponse:
    """Show who I am, what is known by kind, and what I said is not right."""
    kind, page = _kind(request), _page(request)
    known = own_facts(by=cast(Actor, request.actor), now=timezone.now(), kind=kind, page=page)
    more = f"?kind={kind}&page={page + 1}" if kind and known.has_more else ""
    found = {
        "fields": _fields(known),
        "kinds": [
            (each, words, known.counts[each]) for each, words in KIND_WORDS.items() if known.counts.get(each)
        ],
        "kind": kind,
        "kind_words": KIND_WORDS[kind] if kind else "",
        "rows": [{"id": fact.id, "waits": known.waits(fact.id), **fact_row(fact)} for fact in known.shown],
        "more": more,
        "contested": [_contested_row(one) for one in known.contested],
        "days": known.days,
        "zone": known.zone,
    }
    return render(request, "portal/mine/facts.html", found)


@allow(Permission.OBJECT_TO_FINDING)
@require_http_methods(["GET", "POST"])
def contest(request: ActingRequest) -> HttpResponse:
    """Say that one entry is not right, and what is right instead."""
    by, about = cast(Actor, request.actor), request.GET.get("entry", "")
    known = own_facts(by=by, now=timezone.now())
    was, form = _reads(about, known, by), NotRightForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            contest_entry(about=about, was=was, by=by, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Your team has it now."))
            return redirect("portal_facts")
        except InvalidInput as error:
            form.take_problems(error)
        except NotAllowed:
            messages.info(request, _("Your team has this already. Nothing more is needed from you."))
            return redirect("portal_facts")
    found = {"form": form, "was": was, "days": known.days}
    return render(request, "portal/mine/not_right.html", found, status=400 if form.errors else 200)


def fact_row(fact: Fact) -> dict[str, str]:
    """Return an entry in words: what, its value, since when."""
    name = (
        fact.code.display if fact.code and fact.code.display else fact.concept.replace("_", " ").capitalize()
    )
    since = str(fact.true_from or "") or (f"{fact.true_at:%Y-%m-%d}" if fact.true_at else "")
    return {"name": name or _("An entry that could not be read"), "value": _value(fact), "since": since}


def _value(fact: Fact) -> str:
    said = fact.value
    if isinstance(said, Quantity):
        return f"{said.value:g} {said.unit}"
    if isinstance(said, Code):
        return said.display or said.code
    if said is None or isinstance(said, bool):
        is_so = fact.presence is Presence.PRESENT if said is None else said
        not_sure = _("not sure") if fact.presence is Presence.NOT_SURE else ""
        return not_sure or ("" if is_so and said is None else _("yes") if is_so else _("no"))
    return str(said)


def _reads(about: str, known: OwnFacts, by: Actor) -> str:
    """Return how an entry reads now, as one line."""
    field = identity_field(about)
    if field:
        return next(f"{row['name']}: {row['value']}" for row in _fields(known) if row["id"] == about)
    if not about:
        raise Http404
    row = fact_row(own_fact(fact_id=about, by=by))
    return " ".join(
        part for part in (row["name"], row["value"], f"({row['since']})" if row["since"] else "") if part
    )


def _fields(known: OwnFacts) -> list[dict[str, Any]]:
    return [
        {
            "id": name_of_field(field),
            "name": FIELD_WORDS[field],
            "value": _identity_value(getattr(known.identity, field)),
            "waits": known.waits(name_of_field(field)),
        }
        for field in IDENTITY_FIELDS
    ]


def _identity_value(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(one["value"]) for one in value) or _("nothing")
    return str(value or "") or _("nothing")


def _contested_row(entry: ContestedEntry) -> dict[str, Any]:
    is_corrected = entry.answer is not None and entry.answer.outcome == RECORD_CORRECTED
    return {"entry": entry, "is_corrected": is_corrected}


def _kind(request: ActingRequest) -> FactKind | None:
    asked = request.GET.get("kind", "")
    return FactKind(asked) if asked in list(FactKind) else None


def _page(request: ActingRequest) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < len("10000") else 0
