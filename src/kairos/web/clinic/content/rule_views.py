"""One rule of the book, and who of the programme it concerns today."""

from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from kairos.domain.rules.target import DEFAULT_TARGET, Indication, Route, Setting, Target
from kairos.queries.affected import affected
from kairos.queries.rule_page import rule_page
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.content.rule_shown import count_rows, people_rows, rule_shown
from kairos.web.clinic.words import INDICATION_WORDS, ROUTE_WORDS, SETTING_WORDS


@allow(Permission.SEE_CONTENT)
@require_GET
def show_rule(request: ActingRequest, rule: str) -> HttpResponse:
    """Show one rule: its sentences, condition, numbers, sources, guards, and whom it touched."""
    by = cast(Actor, request.actor)
    shown = rule_shown(rule_page(rule=rule, by=by, now=timezone.now()))
    rights = {
        "may_open": by.may(Permission.SEE_CHART),
        "may_ask": by.may(Permission.SEE_PROGRAMME),
    }
    return render(request, "clinic/content/rule.html", shown | rights)


@allow(Permission.SEE_PROGRAMME)
@require_GET
def show_affected(request: ActingRequest, rule: str) -> HttpResponse:
    """Show who of the programme the rule concerns, asked of everybody's facts as of today."""
    by, now, target = cast(Actor, request.actor), timezone.now(), _target(request)
    page = rule_page(rule=rule, by=by, now=now)
    found = affected(rule=rule, by=by, now=now, target=target)
    shown: dict[str, Any] = {
        "found": found,
        "rule": page.rule,
        "title": rule_shown(page)["title"],
        "counts": count_rows(found.counts),
        "people": people_rows(found.people),
        "may_open": by.may(Permission.SEE_CHART),
        "choices": [
            ("route", ROUTE_WORDS.items(), target.route),
            ("setting", SETTING_WORDS.items(), target.setting),
            ("indication", INDICATION_WORDS.items(), target.indication),
        ],
    }
    return render(request, "clinic/content/affected.html", shown)


def _target(request: ActingRequest) -> Target:
    """Return what is asked for; what is no choice stays as it usually is."""
    usual, given = DEFAULT_TARGET, request.GET
    route, setting, indication = (given.get(name, "") for name in ("route", "setting", "indication"))
    return Target(
        Route(route) if route in list(Route) else usual.route,
        Setting(setting) if setting in list(Setting) else usual.setting,
        Indication(indication) if indication in list(Indication) else usual.indication,
    )
