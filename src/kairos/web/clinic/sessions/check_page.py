"""The same-day check: who is here, every item with who saw it, the baseline, the order, the call."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kairos.domain.protocols.medicine_plan import lines_by_action
from kairos.domain.protocols.predose import NEVER, NOT_SURE, Call, CheckAnswer
from kairos.domain.protocols.treatment_protocol import CheckItem, CheckKind
from kairos.domain.sessions.console import console
from kairos.domain.sessions.events import CheckAnswered, SessionEntry
from kairos.domain.sessions.gates import gate
from kairos.domain.sessions.phases import is_possible
from kairos.queries.dosing_sessions import SessionPage
from kairos.vocab.finding import Finding
from kairos.vocab.verdict import Severity, Verdict
from kairos.web.clinic.sessions.console_page import phase_words, tiles
from kairos.web.clinic.sessions.words import clock, gate_reason, sentence, text, who
from kairos.web.design import parts
from kairos.web.forms import new_id
from kairos.web.medicine_words import plan_words

MEDICINES_HELD = "medicines_held"
LOOKS = {
    Severity.ABSOLUTE: "emergency",
    Severity.DEFER: "urgent",
    Severity.RELATIVE: "caution",
    Severity.CAUTION: "info",
}


def check_context(page: SessionPage) -> dict[str, Any]:
    """Return everything that the check's template draws."""
    picture = page.picture
    check = picture.check
    by_rule = {each.rule: each for each in check.findings}
    items = [_item(page, item, by_rule[f"predose.{item.id}"]) for item in picture.protocol.checks]
    asked = {f"predose.{item.id}" for item in picture.protocol.checks}
    measured = [_measured(each) for each in check.findings if each.rule not in asked]
    done = sum(not each["is_open"] for each in items)
    return {
        "page": page,
        "phase_words": phase_words(page),
        "is_identified": picture.state.identity_by is not None,
        "identified_by": who(picture.state.identity_by, page.names) if picture.state.identity_by else "",
        "items": items,
        "done": done,
        "left": len(items) - done,
        "measured": measured,
        "tiles": tiles(page, console(picture, page.entries)),
        "medicines_url": reverse("medicines", args=[page.person_id]),
        "repeat_due_at": check.repeat_due_at,
        "call": call_words(check.call),
        "call_word": check.call.value,
        "reasons": [_reason(page, rule, by_rule[rule]) for rule in check.needs_reason],
        "orders": _orders(page),
        "bound": picture.state.order,
        "go": _gate(page, check.call) if is_possible(picture.state.phase, "go_decided_go") else None,
        "can_answer": is_possible(picture.state.phase, "check_answered"),
        "can_decide": is_possible(picture.state.phase, "go_decided_go"),
    }


def call_words(call: Call) -> str:
    """Return what the check amounts to."""
    words = {
        Call.GO: _("Nothing speaks against a dose now"),
        Call.HOLD: _("Not yet: something is open"),
        Call.STOP: _("No dose today"),
    }
    return words[call]


def _gate(page: SessionPage, call: Call) -> parts.Gate:
    act = f"go_decided_{call.value}"
    standing = gate(page.picture, act)
    words = {
        Call.GO: _("Record: go"),
        Call.HOLD: _("Record: hold"),
        Call.STOP: _("Record: no dose today"),
    }
    is_identified = page.picture.state.identity_by is not None
    reason = gate_reason(standing, page.zone)
    if not is_identified:
        reason = _("Confirm who is at the chair first.")
    return parts.Gate(
        name="go", words=words[call], is_open=standing.is_open and is_identified, opens_when=reason
    )


def _item(page: SessionPage, item: CheckItem, finding: Finding) -> dict[str, Any]:
    answer = page.picture.state.answers.get(item.id)
    is_known = finding.verdict is not Verdict.UNKNOWN
    against = finding.verdict is Verdict.NOT_MET
    return {
        "id": item.id,
        "question": text(item.text),
        "said": _said(page, item, answer) if answer else "",
        "seen": _seen(page, answer),
        "is_open": not is_known,
        "is_met": finding.verdict is Verdict.MET,
        "look": LOOKS[finding.severity] if against else "",
        "because": sentence(finding) if against or (answer and not is_known) else "",
        "is_since": item.kind is CheckKind.SINCE,
        "agreed": _agreed(page) if item.id == MEDICINES_HELD else (),
        "is_looked_up": item.kind is CheckKind.LOOKED_UP,
        "answers": [(word, text(f"check.{item.id}.{word}")) for word in item.answers] + _more(item),
        "url": _url(page, item),
        "command_id": new_id(page.picture.now),
    }


def _agreed(page: SessionPage) -> list[dict[str, str]]:
    """Return what was agreed about each medicine, those to hold first, to be asked one by one."""
    lines = lines_by_action(page.plan.lines if page.plan else ())
    return [{"name": line.name, "plan": plan_words(line)} for of in lines.values() for line in of]


def _url(page: SessionPage, item: CheckItem) -> str:
    if item.kind is CheckKind.LOOKED_UP:
        return reverse("session_medicine_plan", args=[page.id])
    return reverse("session_check_item", args=[page.id, item.id])


def _more(item: CheckItem) -> list[tuple[str, str]]:
    not_sure = [(NOT_SURE, _("Not sure"))]
    return [(NEVER, _("Never")), *not_sure] if item.kind is CheckKind.SINCE else not_sure


def _said(page: SessionPage, item: CheckItem, answer: CheckAnswer) -> str:
    if not isinstance(answer.answer, str):
        local = answer.answer.astimezone(page.zone)
        is_today = local.date() == page.picture.now.astimezone(page.zone).date()
        return clock(local, page.zone) if is_today else local.strftime("%d %b, %H:%M")
    return dict(_more(item)).get(answer.answer) or text(f"check.{item.id}.{answer.answer}")


def answer_words(page: SessionPage, event: CheckAnswered) -> str:
    """Return what one entry answered to an item of the check."""
    item = next((each for each in page.picture.protocol.checks if each.id == event.item), None)
    answer = CheckAnswer(event.item, event.answered_at or event.answer)
    return "" if item is None else _said(page, item, answer)


def _seen(page: SessionPage, answer: CheckAnswer | None) -> str:
    entry = _entry(page, answer)
    return f"{clock(entry.true_at, page.zone)}, {who(entry.by, page.names)}" if entry else ""


def _entry(page: SessionPage, answer: CheckAnswer | None) -> SessionEntry | None:
    if answer is None:
        return None
    found = (each for each in page.entries if each.ref == answer.entry)
    return next((each for each in found if isinstance(each.event, CheckAnswered)), None)


def _measured(finding: Finding) -> dict[str, Any]:
    against = finding.verdict is Verdict.NOT_MET
    return {
        "words": sentence(finding),
        "is_met": finding.verdict is Verdict.MET,
        "is_open": finding.verdict is Verdict.UNKNOWN,
        "look": LOOKS[finding.severity] if against else "",
    }


def _reason(page: SessionPage, rule: str, finding: Finding) -> dict[str, Any]:
    return {"words": sentence(finding), "url": reverse("session_reason", args=[page.id, rule])}


def order_words(details: Mapping[str, Any]) -> str:
    """Return an order in one line: an infusion with its time, any other dose with its parts."""
    dose, parts_mg = details.get("dose_mg", ""), details.get("portions_mg", ())
    if parts_mg:
        return _("%(dose)s mg, given as %(parts)s mg") % {"dose": dose, "parts": " + ".join(parts_mg)}
    minutes = int(details.get("over_s", 0)) // 60
    return _("%(dose)s mg over %(over)s min") % {"dose": dose, "over": minutes}


def _orders(page: SessionPage) -> list[dict[str, Any]]:
    shown = []
    for placed in page.orders:
        if placed.invalidation is None:
            checked = placed.verification
            details = placed.order.details
            shown.append(
                {
                    "id": placed.order.id,
                    "words": order_words(details),
                    "placed": who(placed.order.ordered_by, page.names),
                    "checked": who(checked.verified_by, page.names) if checked else "",
                    "url": reverse("session_bind_order", args=[page.id, placed.order.id]),
                    "command_id": new_id(page.picture.now),
                }
            )
    return shown
