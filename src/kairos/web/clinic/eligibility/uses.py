"""Routes and places side by side: each with its standing, its first reasons, its status and its evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kairos.content.standing_of_use import UseKnown
from kairos.domain.eligibility.comparison import UseAnswer
from kairos.domain.evidence.standing_words import tell_evidence, tell_standing
from kairos.domain.rules.target import Route, Setting, Target
from kairos.queries.screened_uses import ScreenedUses
from kairos.vocab.finding import Finding
from kairos.vocab.verdict import Advice, Severity, Verdict
from kairos.web.clinic import words
from kairos.web.clinic.eligibility.cards import Reader
from kairos.web.design import parts

FEW_REASONS = 3
_GRAVEST_FIRST = (Severity.ABSOLUTE, Severity.DEFER, Severity.RELATIVE)
_LOOKS: dict[Advice, tuple[str, str, Promise]] = {
    Advice.EXCLUDED: ("x", "emergency", gettext_lazy("Excluded")),
    Advice.INCOMPLETE: ("q", "unknown", gettext_lazy("Questions open")),
    Advice.NEEDS_REVIEW: ("", "caution", gettext_lazy("Needs your reason")),
    Advice.MAY_PROCEED: ("", "info", gettext_lazy("Nothing speaks against it. You decide")),
}
NOT_YET = ("", "urgent", gettext_lazy("Not yet"))
_TOUCH_WORDS: dict[Severity, Promise] = {
    Severity.ABSOLUTE: gettext_lazy("Excludes:"),
    Severity.DEFER: gettext_lazy("Not yet:"),
    Severity.RELATIVE: gettext_lazy("Needs your reason:"),
    Severity.CAUTION: gettext_lazy("Good to know:"),
}
_TALLY: dict[Severity, tuple[str, str]] = {
    Severity.ABSOLUTE: ("excl", "emergency"),
    Severity.DEFER: ("notyet", "urgent"),
    Severity.RELATIVE: ("reason", "caution"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which routes and places of the answers are looked at; what is empty shows all."""

    route: str = ""
    setting: str = ""

    def of(self, answers: Iterable[UseAnswer]) -> list[UseAnswer]:
        """Return the answers that were chosen."""
        return [
            one
            for one in answers
            if self.route in ("", one.target.route) and self.setting in ("", one.target.setting)
        ]


def uses_shown(uses: ScreenedUses, reader: Reader, chosen: Chosen) -> dict[str, Any]:
    """Return the cards of the ways chosen, and every finding with the ways for which it holds."""
    looked_at = chosen.of(uses.answers)
    held = _by_rule(looked_at)
    return {
        "routes": _routes(uses, reader, looked_at),
        "against": _cards(reader, held, looked_at, Verdict.NOT_MET),
        "open": _cards(reader, held, looked_at, Verdict.UNKNOWN),
        "is_one": len(looked_at) == 1,
        "asked": _asked_words(uses.answers[0].target, reader),
    }


def _asked_words(target: Target, reader: Reader) -> str:
    known = {"what": words.INDICATION_WORDS[target.indication], "where": place_words(reader, target)}
    return _("For %(what)s, under the law of %(where)s.") % known


def place_words(reader: Reader, target: Target) -> str:
    """Return what the place of the law is called, by its code where content has no name for it."""
    name = f"jurisdiction.{target.jurisdiction}"
    return reader.explainer.question(name) if name in reader.release.texts else target.jurisdiction.upper()


def _routes(uses: ScreenedUses, reader: Reader, looked_at: Sequence[UseAnswer]) -> list[dict[str, Any]]:
    routes = dict.fromkeys(one.target.route for one in looked_at)
    return [
        {
            "id": route.value,
            "title": words.ROUTE_WORDS[route],
            "uses": [
                _use(one, uses.known[one.target], reader) for one in looked_at if one.target.route is route
            ],
        }
        for route in routes
    ]


def _use(one: UseAnswer, known: UseKnown, reader: Reader) -> dict[str, Any]:
    target, findings = one.target, one.screening.findings
    look, icon, word = _look(one)
    status, *conditions = tell_standing(known.status, reader.release.texts)
    return {
        "key": f"{target.route}-{target.setting}",
        "title": str(words.SETTING_WORDS[target.setting]).capitalize(),
        "look": look,
        "icon": icon,
        "word": word,
        "is_offered": known.is_offered,
        "tally": _tally(findings),
        **_reasons(one, reader),
        "status": status,
        "conditions": conditions,
        "grade": known.evidence.grade.value if known.evidence else "none",
        "evidence": tell_evidence(known.evidence, reader.release.texts),
        "query": urlencode(
            {
                "route": target.route.value,
                "setting": target.setting.value,
                "indication": target.indication.value,
                "jurisdiction": target.jurisdiction,
            }
        ),
    }


def _look(one: UseAnswer) -> tuple[str, str, Promise]:
    advice = one.screening.advice
    is_deferred = any(_weighs(f) is Severity.DEFER for f in one.screening.findings)
    return NOT_YET if advice is Advice.NEEDS_REVIEW and is_deferred else _LOOKS[advice]


def _weighs(finding: Finding) -> Severity | None:
    return finding.severity if finding.verdict is Verdict.NOT_MET else None


def _tally(findings: Iterable[Finding]) -> list[dict[str, str]]:
    weights = [_weighs(f) for f in findings]
    unknown = sum(f.is_open for f in findings)
    told = [(*_TALLY[s], _count_words(s, weights.count(s))) for s in _GRAVEST_FIRST if s in weights]
    if unknown:
        told.append(("none", "unknown", ngettext("%(n)d open", "%(n)d open", unknown) % {"n": unknown}))
    return [{"look": look, "icon": icon, "words": said} for look, icon, said in told]


def _count_words(severity: Severity, count: int) -> str:
    if severity is Severity.ABSOLUTE:
        return ngettext("%(n)d excludes", "%(n)d exclude", count) % {"n": count}
    if severity is Severity.DEFER:
        return _("%(n)d not yet") % {"n": count}
    return ngettext("%(n)d needs your reason", "%(n)d need your reason", count) % {"n": count}


def _reasons(one: UseAnswer, reader: Reader) -> dict[str, Any]:
    """Return the first reasons against a use, the gravest first; else what is open."""
    against = [f for s in _GRAVEST_FIRST for f in one.screening.findings if _weighs(f) is s]
    unknown = [f for s in Severity for f in one.screening.findings if f.is_open and f.severity is s]
    shown = against or unknown
    first = [{"title": reader.title(f.rule), **_shape(f)} for f in shown[:FEW_REASONS]]
    return {"reasons": first, "more": len(shown) - len(first), "is_silent": not against}


def _shape(finding: Finding) -> dict[str, str]:
    weight = _weighs(finding)
    look, icon = _TALLY[weight] if weight in _TALLY else ("none", "unknown")
    return {"look": look, "icon": icon, "rule": finding.rule}


def _by_rule(looked_at: Iterable[UseAnswer]) -> dict[str, list[tuple[Target, Finding]]]:
    held: dict[str, list[tuple[Target, Finding]]] = {}
    for one in looked_at:
        for finding in one.screening.findings:
            held.setdefault(finding.rule, []).append((one.target, finding))
    return held


def _cards(
    reader: Reader,
    held: dict[str, list[tuple[Target, Finding]]],
    looked_at: Sequence[UseAnswer],
    verdict: Verdict,
) -> list[parts.FindingCard]:
    """Return one card a rule that answers so anywhere: its gravest finding, and where it weighs how much."""
    found = []
    for pairs in held.values():
        here = [(target, finding) for target, finding in pairs if finding.verdict is verdict]
        if here:
            found.append(min((f for _target, f in here), key=lambda f: _RANK[f.severity]))
    found.sort(key=lambda f: _RANK[f.severity])
    return [
        replace(reader.card(f), touches=touches(held[f.rule], [one.target for one in looked_at]))
        for f in found
    ]


_RANK = {severity: rank for rank, severity in enumerate((*_GRAVEST_FIRST, Severity.CAUTION))}


def touches(pairs: Sequence[tuple[Target, Finding]], shown: Sequence[Target]) -> list[parts.Touch]:
    """Return for which of the ways shown a rule answers what, the gravest first."""
    against = [
        parts.Touch(_TOUCH_WORDS[severity], where_words(targets, shown), severity.value)
        for severity in _RANK
        if (targets := [target for target, f in pairs if _weighs(f) is severity])
    ]
    unknown = [target for target, f in pairs if f.is_open]
    asks = [parts.Touch(_("Not known:"), where_words(unknown, shown))] if unknown else []
    return [*against, *asks]


def where_words(targets: Sequence[Target], shown: Sequence[Target]) -> str:
    """Return routes by place, in the shortest words that are exact: all of a place are "every route"."""
    return "; ".join(
        words_at
        for setting in Setting
        if (words_at := _at(setting, _routes_at(setting, targets), _routes_at(setting, shown)))
    )


def _routes_at(setting: Setting, targets: Iterable[Target]) -> list[Route]:
    return [target.route for target in targets if target.setting is setting]


def _at(setting: Setting, routes: Sequence[Route], every: Sequence[Route]) -> str:
    if not routes:
        return ""
    is_every = len(routes) == len(every) > 1
    named = _("every route") if is_every else _(", ").join(str(words.ROUTE_WORDS[r]) for r in routes)
    return f"{named} {words.SETTING_WORDS[setting]}"
