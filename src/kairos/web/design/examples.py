"""Invented examples of each part, for the page of all parts."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kairos.web.design import parts
from kairos.web.forms import new_id


def _urgent() -> str:
    return _("Chair 3, Ines R. Blood pressure very high, second reading")


def examples(now: datetime) -> dict[str, Any]:
    """Return one of each part."""
    return {
        "alarms": _alarms(now),
        "finding": _finding(),
        "question": _question(now),
        "closed": parts.Gate(
            name="release",
            words=_("Release Tomasz"),
            is_open=False,
            opens_when=_("Opens at 10:44, when the walk and the escort are recorded."),
        ),
        "rows": _rows(),
        "tiles": _tiles(),
        "strip": parts.PatientStrip(
            name="Tomasz Wolski",
            place=_("Chair 4"),
            line=_("Born 30 January 1969, 57. No known allergies."),
            order=[parts.OrderEntry(_("First device"), "08:44")],
            emergency_url="#",
            command_id=new_id(now),
        ),
        "crisis": _crisis(),
        "rules": _rules(),
    }


def _alarms(now: datetime) -> list[parts.AlarmBanner]:
    return [
        parts.AlarmBanner(
            key="a1",
            level="urgent",
            what=_urgent(),
            then=_("A clinician must be at the chair by 10:44, then this goes to the on-call."),
            action_url="#",
            command_id=new_id(now),
            promise=_("I am going"),
            shortcut="A",
        ),
        parts.AlarmBanner(
            key="a2",
            level="urgent",
            what=_urgent(),
            then=_("Dr Vale is going, since 10:43. Open until two readings are under the limit."),
            is_taken=True,
            open_url="#",
            open_words=_("Open chair 3"),
        ),
        parts.AlarmBanner(
            key="a3",
            level="emergency",
            what=_("Home 2, Owen P. Does not wake"),
            then=_("Ada has the ambulance on the line since 10:51. Stay on the line with her."),
            action_url="#",
            command_id=new_id(now),
            promise=_("I am on the line"),
        ),
    ]


def _finding() -> parts.FindingCard:
    return parts.FindingCard(
        rule="eligibility.psychosis_past",
        severity="relative",
        title=_("A psychotic episode in 2019"),
        because=_("Past psychosis needs a reason from the prescriber before treatment in a clinic."),
        source=_("clinic consensus"),
        version="3",
        facts=[parts.FactChip(_("F32.3, 14 March 2019, Northfield Hospital"), "#")],
        touches=[parts.Touch(_("Your reason:"), _("IV, IM"), "relative")],
    )


def _question(now: datetime) -> parts.QuestionCard:
    return parts.QuestionCard(
        rule="eligibility.aneurysm",
        title=_("Has anyone ever found an aneurysm, or bleeding in the brain?"),
        because=_("Nothing in the record speaks of it either way. It would exclude every route."),
        answers=[
            parts.Answer("no", _("No, asked today")),
            parts.Answer("yes", _("Yes")),
            parts.Answer("not_sure", _("Helena is not sure")),
        ],
        action_url="#",
        command_id=new_id(now),
        waits=_("all routes"),
    )


def _rows() -> list[parts.ChecklistRow]:
    return [
        parts.ChecklistRow(
            criterion=_("Awake"), now=_("5 of 5"), needed=_("5 of 5"), is_met=True, seen=_("10:38, Sana I.")
        ),
        parts.ChecklistRow(
            criterion=_("Walks unaided"),
            now=_("Not done"),
            needed=_("Steady"),
            is_met=False,
            action_url="#",
            action_words=_("Record walk"),
        ),
        parts.ChecklistRow(
            criterion=_("Oxygen"), now=_("Sensor off"), needed=_("Measured"), is_met=False, is_unknown=True
        ),
    ]


def _tiles() -> list[parts.VitalsTile]:
    return [
        parts.VitalsTile(
            label=_("Blood pressure"), value="132/84", unit=_("mmHg"), baseline=_("12 min ago"), is_old=True
        ),
        parts.VitalsTile(label=_("Pulse"), value="78", unit=_("per min"), baseline=_("Before: 72")),
        parts.VitalsTile(label=_("Oxygen"), value="", unit=_("%"), baseline=_("Sensor off since 10:36")),
    ]


def _crisis() -> parts.CrisisCard:
    return parts.CrisisCard(
        lead=_("Thank you for telling us. You do not have to sort this out alone."),
        ways=[
            parts.Way(_("Call the line"), "tel:0", is_call=True),
            parts.Way(_("Text the line"), "sms:0"),
            parts.Way(_("In danger: ambulance"), "tel:0", is_emergency=True),
        ],
        who_was_told=_("Sana, a nurse here, has been told. She will call you by 10:55."),
    )


def _rules() -> list[parts.MomentRule]:
    return [
        parts.MomentRule(
            label=_("26 of 100 minutes"),
            length_min=110,
            stretches=[
                parts.Stretch("bed", 0, 40),
                parts.Stretch("bed", 40, 100),
                parts.Stretch("past", 0, 26),
            ],
            marks=[parts.Mark("dueline", 30), parts.Mark("gate", 100), parts.Mark("now", 26)],
        ),
        parts.MomentRule(
            label=_("Paused; the part not given is dashed"),
            length_min=110,
            stretches=[
                parts.Stretch("bed", 0, 31),
                parts.Stretch("bed out", 31, 60),
                parts.Stretch("bed", 60, 100),
                parts.Stretch("past", 0, 31),
            ],
            marks=[parts.Mark("urg", 38), parts.Mark("gate", 100), parts.Mark("now", 34)],
        ),
    ]
