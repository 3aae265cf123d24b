"""The content: rules, numbers and sources of the release in force, and where each comes from."""

from typing import cast

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kairos.queries.content import Content, NumberEntry, content
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.content.words import (
    BASIS_WORDS,
    CERTAINTY_WORDS,
    NOT_READ,
    SEVERITY_LEVELS,
    SEVERITY_WORDS,
)
from kairos.web.clinic.words import unit_words

KINDS = {"rules": _("Rules"), "numbers": _("Numbers"), "sources": _("Sources")}


@allow(Permission.SEE_CONTENT)
@require_GET
def show_content(request: ActingRequest) -> HttpResponse:
    """Show one kind of entry, those that hold the words looked for."""
    kind, words = request.GET.get("kind", ""), request.GET.get("q", "")[:100]
    kind = kind if kind in KINDS else "rules"
    found = content(by=cast(Actor, request.actor), now=timezone.now(), words=words)
    shown = {"kind": kind, "q": words, "content": found, "kinds": _kinds(found), "rows": _rows(found, kind)}
    return render(request, "clinic/content/content.html", shown)


def _kinds(found: Content) -> list[dict[str, object]]:
    return [{"id": k, "word": word, "count": len(getattr(found, k))} for k, word in KINDS.items()]


def _rows(found: Content, kind: str) -> list[dict[str, object]]:
    """Return the entries of one kind with the words for their marks."""
    if kind == "rules":
        return [{"entry": r, "weights": _weights(r.severities)} for r in found.rules]
    if kind == "numbers":
        return [
            {"entry": n, "shown": _shown(n), "basis": BASIS_WORDS[n.value.basis], **_mark(n.value.certainty)}
            for n in found.numbers
        ]
    return [{"entry": c, **_mark(c.read)} for c in found.sources]


def _shown(number: NumberEntry) -> str:
    quantity = number.value.quantity
    return f"{quantity.value:g} {unit_words(quantity.unit)}".strip()


def _weights(severities: tuple[str, ...]) -> list[tuple[str, object]]:
    return [(SEVERITY_LEVELS[severity], SEVERITY_WORDS[severity]) for severity in severities]


def _mark(certainty: str) -> dict[str, object]:
    return {"mark": CERTAINTY_WORDS[certainty], "is_unread": certainty in NOT_READ}
