"""The scorecard: what was found out of a provider, and what it comes to. It is written nowhere."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from kairos.domain.evidence.scorecard import Said, ScoreItem, score
from kairos.web.access import allow
from kairos.web.languages import spoken_release
from kairos.web.public.aid.reader import AidReader

ANSWERS: tuple[tuple[Said, Promise], ...] = (
    (Said.YES, _("Yes")),
    (Said.NO, _("No")),
    (Said.UNKNOWN, _("I do not know")),
)
NAME_MOST = 80


@allow(public=True, reason="a scorecard for anyone; shows nothing about anyone, keeps nothing")
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def show_scorecard(request: HttpRequest) -> HttpResponse:
    """Show the questions, and what the answers come to once some are given."""
    return render(request, "public/scorecard/scorecard.html", scorecard_page(request.POST))


def scorecard_page(given: QueryDict) -> dict[str, Any]:
    """Return the questions with what was answered, and the score where anything was."""
    reader, book = AidReader.now(), spoken_release().scorecard
    items = book.get((get_language() or "en")[:2]) or book["en"]
    known = {said.value: said for said in Said}
    said = {item.id: str(given.get(item.id, "")) for item in items}
    answers = {name: known[value] for name, value in said.items() if value in known}
    return {
        "wanted": [_asked(reader, item, answers) for item in items if not item.is_red_flag],
        "flags": [_asked(reader, item, answers) for item in items if item.is_red_flag],
        "answers": ANSWERS,
        "scored": score(items, answers) if answers else None,
        "provider": given.get("provider", "").strip()[:NAME_MOST],
    }


def _asked(reader: AidReader, item: ScoreItem, answers: Mapping[str, Said]) -> dict[str, Any]:
    return {"item": item, "said": answers.get(item.id, ""), "sources": reader.sources(item.sources)}
