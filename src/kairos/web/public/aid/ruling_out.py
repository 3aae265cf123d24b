"""The eligibility rules in plain words, by what they do: for anyone to read, nothing asked, nothing kept."""

from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kairos.content.release import ContentRelease
from kairos.domain.evidence.texts import Audience
from kairos.domain.rules.rule import Rule
from kairos.domain.rules.target import Moment
from kairos.vocab.errors import NotInForce
from kairos.vocab.verdict import Severity

_OF_THE_CLINIC = frozenset(
    f"eligibility.{name}" for name in ("deceased", "licence", "telehealth", "site_ready", "off_label_reason")
)
_GROUPS: dict[Severity, tuple[Promise, Promise]] = {
    Severity.ABSOLUTE: (
        gettext_lazy("This rules it out"),
        gettext_lazy("With one of these it is not given, or not by every way. A clinician tells you which."),
    ),
    Severity.DEFER: (
        gettext_lazy("Not yet"),
        gettext_lazy("This can change. It is treated, measured again or waited for first."),
    ),
    Severity.RELATIVE: (
        gettext_lazy("A clinician looks at this with you"),
        gettext_lazy("It may still be possible, with a reason that is written down and with more care."),
    ),
}


def groups_of_rules(release: ContentRelease, *, on: date) -> list[dict[str, Any]]:
    """Return the rules of a first screening by the most that they do; what only needs noting is left out."""
    return [
        {"id": severity.value, "title": title, "about": about, "rules": _rules(release, severity, on)}
        for severity, (title, about) in _GROUPS.items()
    ]


def _rules(release: ContentRelease, severity: Severity, on: date) -> list[dict[str, str]]:
    asked = [rule for rule in release.rules.values() if _is_asked(rule, on)]
    told = [_words(release, rule) for rule in asked if rule.grades[0].severity is severity]
    return list({each["title"]: each for each in told}.values())


def _is_asked(rule: Rule, on: date) -> bool:
    return (
        Moment.SCREENING in rule.moments
        and rule.in_force_from <= on
        and rule.id.startswith("eligibility.")
        and rule.id not in _OF_THE_CLINIC
    )


def _words(release: ContentRelease, rule: Rule) -> dict[str, str]:
    return {"title": _told(release, f"{rule.id}.subject"), "reason": _told(release, f"{rule.id}.reason")}


def _told(release: ContentRelease, message: str) -> str:
    """Return a sentence for a person; nothing where content has none."""
    try:
        return release.texts.template(message, audience=Audience.PATIENT)
    except NotInForce:
        return ""
