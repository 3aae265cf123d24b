"""What changed since a prescriber signed, or last saw changes: things told, rules that answer otherwise."""

from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.domain.eligibility.rescreening import FactChange, FindingChange
from kairos.queries.screened_uses import ChangedSince
from kairos.vocab.facts import Fact
from kairos.vocab.finding import Finding
from kairos.vocab.verdict import Severity, Verdict
from kairos.web.clinic import words
from kairos.web.clinic.eligibility.cards import Reader

_AGAINST_WORDS: dict[Severity, Promise] = {
    Severity.ABSOLUTE: gettext_lazy("excludes"),
    Severity.DEFER: gettext_lazy("not yet"),
    Severity.RELATIVE: gettext_lazy("needs your reason"),
    Severity.CAUTION: gettext_lazy("good to know"),
}


def changed_shown(found: ChangedSince | None, reader: Reader, signer: str, today: date) -> dict[str, Any]:
    """Return what the section about changes shows; nothing where nobody has signed."""
    if found is None:
        return {}
    changed = found.changed
    told = [_fact_row(one, today) for one in changed.facts]
    aged = [one for one in changed.findings if _is_no_longer_known(one)]
    answered = [_finding_row(one, reader) for one in changed.findings if one not in aged]
    many = {"who": signer or _("a prescriber"), "when": words.day_words(found.decision.signed_at)}
    return {
        "since": found.since.recorded_at,
        "signed": _("Signed by %(who)s, %(when)s.") % many,
        "aged": [reader.title(one.rule) for one in aged],
        "rows": [*told, *answered],
        "wants": changed.needs_acknowledgement,
        "seen": found.seen,
    }


def _is_no_longer_known(change: FindingChange) -> bool:
    """Whether nothing spoke against it, and nobody knows any more: most often an answer that grew too old."""
    before, after = change.before, change.after
    return (
        before is not None
        and after is not None
        and (before.verdict, after.verdict) == (Verdict.MET, Verdict.UNKNOWN)
    )


def _fact_row(change: FactChange, today: date) -> dict[str, Any]:
    newest = change.after or change.before
    assert newest is not None
    before, after = _fact_words(change.before, today), _fact_words(change.after, today)
    return {"title": words.fact_title(newest), "before": before, "after": after, "level": ""}


def _fact_words(fact: Fact | None, today: date) -> str:
    if fact is None:
        return _("nothing on record")
    has_ended = fact.true_until is not None and fact.true_until.last < today
    state = _("ended") if has_ended else ""
    value = words.value_words(fact.value) or words.value_words(_dose(fact))
    return ", ".join(part for part in (value, words.fact_day(fact), words.fact_notes(fact), state) if part)


def _dose(fact: Fact) -> Any:
    return fact.details.get("daily_dose")


def _finding_row(change: FindingChange, reader: Reader) -> dict[str, Any]:
    word = _("Worse") if change.is_worse else _("Otherwise")
    return {
        "title": reader.title(change.rule),
        "before": _answer_words(change.before),
        "after": _answer_words(change.after),
        "level": "caution" if change.is_worse else "info",
        "word": word,
    }


def _answer_words(finding: Finding | None) -> str:
    if finding is None:
        return _("not asked")
    if finding.verdict is Verdict.NOT_MET:
        return str(_AGAINST_WORDS[finding.severity])
    return _("not known") if finding.verdict is Verdict.UNKNOWN else _("nothing against it")
