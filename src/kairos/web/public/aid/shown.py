"""What each step of the decision aid shows, from the claims, figures, rules and regulatory table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.domain.rules.target import Indication
from kairos.web.public.aid.cost import cost_page
from kairos.web.public.aid.icon_array import IconArray
from kairos.web.public.aid.reader import PATIENT, AidReader
from kairos.web.public.aid.ruling_out import groups_of_rules
from kairos.web.public.aid.stories import lasting_page, myths_page, session_page

CHOSEN_MOST = 400


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its page, its address, and the short word in the list of steps."""

    page: str
    slug: str
    word: Promise


STEPS = (
    Step("what", "what-is-it", gettext_lazy("What is it")),
    Step("help", "could-it-help", gettext_lazy("Could it help me")),
    Step("out", "what-could-rule-me-out", gettext_lazy("What could rule me out")),
    Step("ways", "compare-the-ways", gettext_lazy("Compare the ways")),
    Step("session", "what-a-session-is-like", gettext_lazy("What a session is like")),
    Step("effects", "side-effects", gettext_lazy("Side effects")),
    Step("lasting", "how-long-it-lasts", gettext_lazy("How long it lasts")),
    Step("myths", "what-people-say", gettext_lazy("What people say")),
    Step("cost", "what-it-costs", gettext_lazy("What it costs")),
    Step("questions", "my-questions", gettext_lazy("My questions")),
    Step("summary", "", gettext_lazy("My sheet")),
)


def step_page(step: Step, given: QueryDict) -> dict[str, Any]:
    """Return everything that a step shows. ``given`` is what was chosen or filled in on it."""
    reader = AidReader.now()
    page = reader.aid.pages[step.page]
    found = {"page": page, "sections": reader.sections(step.page), **_around(step)}
    return found | _MORE.get(step.page, _nothing_more)(reader, given)


def _around(step: Step) -> dict[str, Any]:
    """Return where this step stands among all."""
    at = STEPS.index(step)
    places = [(_address(each), each.word, number < at, number == at) for number, each in enumerate(STEPS)]
    return {
        "place": _("Step %(n)d of %(all)d. Nothing you press is kept") % {"n": at + 1, "all": len(STEPS)},
        "steps": [dict(zip(("url", "word", "is_done", "is_here"), each, strict=True)) for each in places],
        "back": _address(STEPS[at - 1]) if at else "",
        "next": {"url": _address(STEPS[at + 1]), "word": STEPS[at + 1].word} if at + 1 < len(STEPS) else None,
    }


def _address(step: Step) -> str:
    return reverse("aid_step", args=[step.slug]) if step.slug else reverse("aid_summary")


def _nothing_more(_reader: AidReader, _given: QueryDict) -> dict[str, Any]:
    return {}


def _uses(reader: AidReader) -> list[dict[str, Any]]:
    """Return each use with what is known of each way."""
    return [
        {
            "id": indication.value,
            "name": _capital(reader.release.texts.template(f"indication.{indication}", audience=PATIENT)),
            "known": [reader.known(way, indication) for way in reader.aid.ways],
        }
        for indication in Indication
    ]


def _help(reader: AidReader, _given: QueryDict) -> dict[str, Any]:
    return {"uses": _uses(reader)}


def _out(reader: AidReader, _given: QueryDict) -> dict[str, Any]:
    return {"groups": groups_of_rules(reader.release, on=reader.on)}


def _ways(reader: AidReader, given: QueryDict) -> dict[str, Any]:
    chosen = set(given.getlist("way"))
    ways = [way for way in reader.aid.ways if way.id in chosen] or reader.aid.ways
    known = [reader.known(way, Indication.TRD) for way in ways]
    for each in known:
        each["found"] = [reader.fill(text) for text in each["way"].found]
        each["found_sources"] = reader.sources(each["way"].sources)
    rows = [
        {"word": word, "cells": [(w, reader.fill(w.cells[name])) for w in ways]}
        for name, word in reader.aid.rows.items()
    ]
    others = [
        {
            "step": s,
            "what": reader.fill(s.what),
            "sources": reader.sources(s.sources),
            "claims": reader.claims(s.claims),
        }
        for s in reader.aid.next_steps
    ]
    picks = [(way, way in ways) for way in reader.aid.ways]
    return {"known": known, "rows": rows, "next_steps": others, "picks": picks}


def _effects(reader: AidReader, _given: QueryDict) -> dict[str, Any]:
    return {"ways": [{"way": way, "arrays": _arrays(reader, way.effects)} for way in reader.aid.ways]}


def _arrays(reader: AidReader, names: Sequence[str]) -> list[dict[str, Any]]:
    figures = [reader.release.figures[name] for name in names]
    return [
        {"figure": f, "array": IconArray.of(f.count), "sources": reader.sources(f.sources)}
        for f in figures
        if f.count
    ]


def _choices(reader: AidReader, _given: QueryDict) -> dict[str, Any]:
    return {"aid": reader.aid, "uses": _use_names(reader)}


def _use_names(reader: AidReader) -> list[tuple[str, str]]:
    return [
        (use.value, _capital(reader.release.texts.template(f"indication.{use}", audience=PATIENT)))
        for use in Indication
    ]


def summary_page(given: QueryDict) -> dict[str, Any]:
    """Return the sheet: the use somebody asked about, what matters to them, and their questions."""
    reader = AidReader.now()
    use = next((each for each in Indication if each.value == given.get("use", "")), None)
    ticked = set(given.getlist("matters")) | set(given.getlist("ask"))
    asked = {name: [q for q in all_of if q.id in ticked] for name, all_of in reader.aid.questions.items()}
    return {
        "page": reader.aid.pages["summary"],
        "sections": reader.sections("summary"),
        "use": dict(_use_names(reader)).get(use.value) if use else "",
        "known": [reader.known(way, use) for way in reader.aid.ways] if use else [],
        "matters": [value for value in reader.aid.values if value.id in ticked],
        "asked": {name: chosen for name, chosen in asked.items() if chosen},
        "own": given.get("own", "").strip()[:CHOSEN_MOST],
        **_around(STEPS[-1]),
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


_MORE = {
    "help": _help,
    "out": _out,
    "ways": _ways,
    "session": session_page,
    "effects": _effects,
    "lasting": lasting_page,
    "myths": myths_page,
    "cost": cost_page,
    "questions": _choices,
}
