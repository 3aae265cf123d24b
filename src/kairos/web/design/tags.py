"""Template tags, one a part: ``{% load parts %}``."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kairos.web.design import parts
from kairos.web.forms import new_id

register = template.Library()

GRADE_BARS = 4
RULE_WIDTH = 600


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw one shape of the sprite; without a label it is decoration beside its word."""
    address = f"{static('icons/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="i" role="img" aria-label="{}"><use href="{}"/></svg>', label, address)
    return format_html('<svg class="i" aria-hidden="true"><use href="{}"/></svg>', address)


@register.simple_tag
def new_command() -> SafeString:
    """Write the hidden id of the command that a small form will become."""
    return format_html('<input type="hidden" name="command_id" value="{}">', new_id())


@register.simple_tag
def chip(level: str, word: str = "", late: bool = False) -> SafeString:
    """Draw a status chip: shape, word, colour; ``plain`` has neither shape nor level."""
    if level == "plain":
        return format_html('<span class="chip">{}</span>', word)
    look = f"{level} late" if late else level
    said = word or (_("Late") if late else parts.LEVEL_WORDS[level])
    return format_html('<span class="chip {}">{}{}</span>', look, icon(parts.LEVEL_ICONS[level]), said)


@register.inclusion_tag("design/parts/grade.html")
def grade(level: str) -> dict[str, Any]:
    """Draw how sure anyone is: four bars and a word."""
    on = GRADE_BARS - list(parts.GRADE_WORDS).index(level)
    bars = [
        {"look": "on" if i < on else "off", "x": 0.5 + 8 * i, "y": 12.5 - 3 * i, "height": 3 + 3 * i}
        for i in range(GRADE_BARS)
    ]
    return {"bars": bars, "word": parts.GRADE_WORDS[level]}


@register.inclusion_tag("design/parts/due.html")
def due_next(due_at: datetime, what: str, seconds: bool = False) -> dict[str, Any]:
    """Draw what is due and in how many minutes; the browser counts on from the server's time."""
    left = parts.count_down(due_at, timezone.now(), seconds=seconds)
    return {
        "due_at": due_at,
        "what": what,
        "seconds": seconds,
        "number": left.number,
        "unit": left.unit,
        "minute": _("min"),
        "late": _("min late"),
        "now": _("now"),
        "second": _("s"),
    }


@register.inclusion_tag("design/parts/moment_rule.html")
def moment_rule(rule: parts.MomentRule) -> dict[str, Any]:
    """Draw one strip of time."""
    scale = RULE_WIDTH / rule.length_min
    boxes = [
        {
            "look": s.look,
            "x": round(s.start_min * scale + 1, 1),
            "width": round(max((s.end_min - s.start_min) * scale - 2, 0), 1),
        }
        for s in rule.stretches
    ]
    marks = [
        {"look": m.look, "x": round(m.at_min * scale, 1), "y1": 0 if m.look == "now" else 2}
        | {"y2": 20 if m.look == "now" else 18}
        for m in rule.marks
    ]
    return {"label": rule.label, "boxes": boxes, "marks": marks}


def _inherit(context: Context, **more: object) -> dict[str, Any]:
    """Hand on what every part may need from the page: the frame, the request, the CSRF token."""
    kept = {name: context.get(name) for name in ("frame", "request", "csrf_token")}
    return {**kept, **more}


@register.inclusion_tag("design/parts/alarm.html", takes_context=True)
def alarm_banner(context: Context, alarm: parts.AlarmBanner) -> Mapping[str, Any]:
    """Draw an alarm."""
    return _inherit(context, alarm=alarm)


@register.inclusion_tag("design/parts/finding.html", takes_context=True)
def finding_card(context: Context, finding: parts.FindingCard) -> Mapping[str, Any]:
    """Draw a finding."""
    return _inherit(context, finding=finding)


@register.inclusion_tag("design/parts/question.html", takes_context=True)
def question_card(context: Context, question: parts.QuestionCard) -> Mapping[str, Any]:
    """Draw what is not known, as a question."""
    return _inherit(context, question=question)


@register.inclusion_tag("design/parts/gate.html")
def gate(gate: parts.Gate) -> dict[str, Any]:
    """Draw a button that says what opens it."""
    return {"gate": gate}


@register.inclusion_tag("design/parts/checklist.html", takes_context=True)
def checklist(context: Context, rows: Sequence[parts.ChecklistRow], label: str) -> Mapping[str, Any]:
    """Draw criteria in the protocol's order."""
    return _inherit(context, rows=rows, label=label)


@register.inclusion_tag("design/parts/vitals_tile.html")
def vitals_tile(tile: parts.VitalsTile) -> dict[str, Any]:
    """Draw one vital sign; stands inside ``<dl class="vts">``."""
    return {"tile": tile}


@register.inclusion_tag("design/parts/empty.html")
def empty_state(what: str, then: str = "", url: str = "", words: str = "") -> dict[str, str]:
    """Say what is true, what comes next, and one action."""
    return {"what": what, "then": then, "url": url, "words": words}


@register.inclusion_tag("design/parts/crisis.html")
def crisis_card(card: parts.CrisisCard, is_new: bool = False) -> dict[str, Any]:
    """Draw the ways to reach a human being."""
    return {"card": card, "is_new": is_new}


@register.inclusion_tag("design/parts/patient_strip.html", takes_context=True)
def patient_strip(context: Context, strip: parts.PatientStrip, heading: str = "h1") -> Mapping[str, Any]:
    """Draw who this is; ``heading`` is ``p`` where the page has another ``h1``."""
    return _inherit(context, strip=strip, heading=heading)


@register.inclusion_tag("design/parts/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """List everything there is to fix, each linked to its field."""
    found = [parts.Problem(str(error)) for error in form.non_field_errors()]
    for field in form:
        target = field.id_for_label or field.auto_id
        found += [parts.Problem(str(error), target) for error in field.errors]
    return {"problems": found}


@register.inclusion_tag("design/parts/field.html")
def form_field(field: BoundField, unit: str = "", label_class: str = "") -> dict[str, Any]:
    """Draw one field: label, hint, what is wrong, control. ``label_class="oneq"`` for a question page."""
    described = [f"{field.auto_id}_hint"] if field.help_text else []
    described += [f"{field.auto_id}_error{i}" for i, _error in enumerate(field.errors)]
    attributes: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
    if field.errors:
        attributes["aria-invalid"] = "true"
    widget = field.field.widget
    widget.attrs.pop("placeholder", None)
    is_group = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    return {
        "field": field,
        "unit": unit,
        "label_class": label_class,
        "is_group": is_group,
        "is_tick": isinstance(widget, CheckboxInput),
        "described_by": " ".join(described),
        "control": "" if is_group else field.as_widget(attrs=attributes),
    }
