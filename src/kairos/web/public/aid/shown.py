"""What each step of the decision aid shows, from the claims, figures, rules and regulatory table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kairos.content.release import ContentRelease, load_release
from kairos.content.standing_of_use import use_known
from kairos.domain.evidence.decision_aid import AidWay, DecisionAid, fill_figures
from kairos.domain.evidence.standing_words import tell_evidence, tell_standing
from kairos.domain.evidence.texts import Audience
from kairos.domain.rules.target import Indication, Route, Setting, Target
from kairos.web.public.aid.icon_array import IconArray
from kairos.web.public.aid.ruling_out import groups_of_rules

PATIENT = Audience.PATIENT
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
    Step("effects", "side-effects", gettext_lazy("Side effects")),
    Step("questions", "my-questions", gettext_lazy("My questions")),
    Step("summary", "", gettext_lazy("My sheet")),
)


@dataclass(frozen=True, slots=True)
class AidReader:
    """The aid in the reader's language, and what it rests on."""

    release: ContentRelease
    aid: DecisionAid
    on: date

    @classmethod
    def now(cls) -> "AidReader":
        """Return the aid as of today; where it is not in the reader's language, in English."""
        release = load_release()
        aid = release.aid.get((get_language() or "en")[:2]) or release.aid["en"]
        return cls(release, aid, timezone.localdate())

    def fill(self, text: str) -> str:
        """Return a text with its registered figures."""
        return fill_figures(text, self.release.figures)

    def sources(self, keys: Iterable[str]) -> list[dict[str, str]]:
        """Return citations by title and address."""
        found = [self.release.citations[key] for key in keys]
        return [{"title": c.title, "url": _url(c.doi, c.page)} for c in found]

    def claims(self, names: Iterable[str]) -> list[dict[str, Any]]:
        """Return better statements with how sure anyone is, sources, and whether a review is overdue."""
        return [
            {"claim": claim, "sources": self.sources(claim.sources), "is_stale": claim.is_stale(self.on)}
            for claim in (self.release.claims[name] for name in names)
        ]

    def sections(self, page: str) -> list[dict[str, Any]]:
        """Return the sections of a page, figures filled in."""
        return [
            {"heading": s.heading, "text": map(self.fill, s.text), "claims": self.claims(s.claims)}
            for s in self.aid.pages[page].sections
        ]

    def known(self, way: AidWay, indication: Indication) -> dict[str, Any]:
        """Return what is known of one way for one use: grade, sentence, and where it stands with the law."""
        target = Target(Route(way.route), Setting(way.setting), indication, settings.KAIROS_COUNTRY.lower())
        known = use_known(self.release, target, on=self.on)
        status, *conditions = tell_standing(known.status, self.release.texts, audience=PATIENT)
        evidence = known.evidence
        return {
            "way": way,
            "grade": evidence.grade.value if evidence else "none",
            "evidence": tell_evidence(evidence, self.release.texts, audience=PATIENT),
            "status": status,
            "conditions": conditions,
            "sources": self.sources(evidence.sources if evidence else ()),
        }


def _url(doi: str, page: str) -> str:
    return f"https://doi.org/{doi}" if doi else page if page.startswith("https://") else ""


def step_page(step: Step) -> dict[str, Any]:
    """Return everything that a step shows."""
    reader = AidReader.now()
    page = reader.aid.pages[step.page]
    found = {"page": page, "sections": reader.sections(step.page), **_around(step)}
    return found | _MORE.get(step.page, _nothing_more)(reader)


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


def _nothing_more(_reader: AidReader) -> dict[str, Any]:
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


def _help(reader: AidReader) -> dict[str, Any]:
    return {"uses": _uses(reader)}


def _out(reader: AidReader) -> dict[str, Any]:
    return {"groups": groups_of_rules(reader.release, on=reader.on)}


def _ways(reader: AidReader) -> dict[str, Any]:
    known = [reader.known(way, Indication.TRD) for way in reader.aid.ways]
    for each in known:
        each["found"] = [reader.fill(text) for text in each["way"].found]
        each["found_sources"] = reader.sources(each["way"].sources)
    rows = [
        {"word": word, "cells": [(w, reader.fill(w.cells[name])) for w in reader.aid.ways]}
        for name, word in reader.aid.rows.items()
    ]
    others = [
        {"step": s, "sources": reader.sources(s.sources), "claims": reader.claims(s.claims)}
        for s in reader.aid.next_steps
    ]
    return {"known": known, "rows": rows, "next_steps": others}


def _effects(reader: AidReader) -> dict[str, Any]:
    return {"ways": [{"way": way, "arrays": _arrays(reader, way.effects)} for way in reader.aid.ways]}


def _arrays(reader: AidReader, names: Sequence[str]) -> list[dict[str, Any]]:
    figures = [reader.release.figures[name] for name in names]
    return [
        {"figure": f, "array": IconArray.of(f.count), "sources": reader.sources(f.sources)}
        for f in figures
        if f.count
    ]


def _choices(reader: AidReader) -> dict[str, Any]:
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


_MORE = {"help": _help, "out": _out, "ways": _ways, "effects": _effects, "questions": _choices}
