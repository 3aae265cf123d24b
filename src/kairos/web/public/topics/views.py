"""Pages for anyone: ketamine for pain, no part of the programme; and use without a prescription."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kairos.domain.rules.target import Indication
from kairos.web.access import allow
from kairos.web.public.aid.reader import AidReader
from kairos.web.public.aid.views import READ_BY_ANYONE


@allow(public=True, reason=READ_BY_ANYONE)
@require_GET
def show_pain(request: HttpRequest) -> HttpResponse:
    """Show what is known of ketamine for lasting pain, marked as outside of the programme."""
    reader = AidReader.now()
    ways = [reader.known(way, Indication.PAIN) for way in reader.aid.ways]
    return render(request, "public/topics/pain.html", _page(reader, "pain") | {"known": ways})


@allow(public=True, reason=READ_BY_ANYONE)
@require_GET
def show_using(request: HttpRequest) -> HttpResponse:
    """Show what makes use without a prescription less dangerous, without a judgement."""
    return render(request, "public/topics/topic.html", _page(AidReader.now(), "using"))


def _page(reader: AidReader, name: str) -> dict[str, object]:
    return {"page": reader.aid.pages[name], "sections": reader.sections(name)}
