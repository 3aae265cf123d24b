"""What a session is like, how long it lasts, and what people say of it."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.domain.evidence.decision_aid import Leaning, MomentKind, Tone
from kairos.domain.evidence.figures import Course, Figure
from kairos.web.design.drawings.fading import FadingLine, FadingWords, draw_fading
from kairos.web.public.aid.reader import AidReader

_TONES = {
    Tone.PLEASANT: gettext_lazy("Pleasant"),
    Tone.NEUTRAL: gettext_lazy("Neither good nor bad"),
    Tone.DIFFICULT: gettext_lazy("Difficult"),
}
_KINDS = {
    MomentKind.BODY: gettext_lazy("Body and mind"),
    MomentKind.MOOD: gettext_lazy("Mood"),
    MomentKind.CARE: gettext_lazy("What is done"),
    MomentKind.UNKNOWN: gettext_lazy("Not settled"),
}
_LEANINGS = {
    Leaning.HOPE: gettext_lazy("Promises too much"),
    Leaning.FEAR: gettext_lazy("Frightens too much"),
}
_LETTERS = "ABCDEFGH"


def session_page(reader: AidReader, _given: QueryDict) -> dict[str, Any]:
    """Return accounts by how the session went, each kind with as much room as the others."""
    kept = sorted(reader.aid.accounts, key=lambda account: list(Tone).index(account.tone))
    groups = [
        {"name": _TONES[tone], "tone": tone.value, "accounts": list(all_of)}
        for tone, all_of in groupby(kept, key=lambda account: account.tone)
    ]
    return {"groups": groups}


def lasting_page(reader: AidReader, given: QueryDict) -> dict[str, Any]:
    """Return the courses drawn, told and named, and the timeline of the way that was chosen."""
    courses = list(_courses(reader))
    way = next((each for each in reader.aid.ways if each.id == given.get("way")), reader.aid.ways[0])
    return {
        "courses": courses,
        "wide": _drawn(courses, narrow=False),
        "narrow": _drawn(courses, narrow=True),
        "ways": reader.aid.ways,
        "way": way,
        "moments": [
            {
                "moment": moment,
                "when": reader.release.figures[moment.when].states,
                "kind": _KINDS[moment.kind],
                "text": reader.fill(moment.text),
                "sources": reader.sources(moment.sources),
            }
            for moment in reader.aid.moments
            if way.id in moment.ways
        ],
    }


def myths_page(reader: AidReader, _given: QueryDict) -> dict[str, Any]:
    """Return each saying with the statements that answer it."""
    return {
        "myths": [
            {"myth": myth, "leaning": _LEANINGS[myth.leans], "claims": reader.claims(myth.claims)}
            for myth in reader.aid.myths
        ]
    }


def _courses(reader: AidReader) -> Iterable[dict[str, Any]]:
    for letter, name in zip(_LETTERS, reader.aid.fading, strict=False):
        figure = reader.release.figures[name]
        if figure.course:
            yield {
                "letter": letter,
                "figure": figure,
                "course": figure.course,
                "half": _half(figure.course),
                "sources": reader.sources(figure.sources),
            }


def _half(course: Course) -> str:
    """Return by when half of them had lost it, as far as the study tells."""
    half = course.half_gone_by
    if half is None:
        return _("The study does not tell by when half of them had lost it.")
    return _("Half of them had lost it by day %(day)s.") % {"day": f"{half.day:g}"}


def _drawn(courses: list[dict[str, Any]], *, narrow: bool) -> str:
    lines = [
        FadingLine(each["letter"], tuple((p.day, p.of_100) for p in each["course"].points))
        for each in courses
    ]
    words = FadingWords(
        title=_("How many of a hundred were still better, day by day"),
        story=" ".join(_told(each["letter"], each["figure"], each["course"]) for each in courses),
        first=_("first weeks"),
        later=_("months"),
        upright=_("of a hundred people"),
    )
    return mark_safe(draw_fading(lines, words, narrow=narrow))  # nosec B308 B703 - escaped as drawn


def _told(letter: str, figure: Figure, course: Course) -> str:
    days = ", ".join(_("day %(day)s: %(of)d") % {"day": f"{p.day:g}", "of": p.of_100} for p in course.points)
    return _("%(letter)s, %(says)s, counted from %(since)s: %(days)s.") % {
        "letter": letter,
        "says": course.says,
        "since": course.since,
        "days": days,
    }
