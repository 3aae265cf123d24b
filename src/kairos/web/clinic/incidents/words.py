"""The words of incidents."""

from django.utils.translation import gettext_lazy as _

from kairos.actions.incidents import STOCK_DISCREPANCY
from kairos.domain.safety.incidents import Cause, IncidentArea, IncidentKind

KIND_WORDS = {
    IncidentKind.INCIDENT: _("It reached somebody"),
    IncidentKind.NEAR_MISS: _("Near miss: it was caught before"),
}
KIND_CHIPS = {IncidentKind.INCIDENT.value: _("Incident"), IncidentKind.NEAR_MISS.value: _("Near miss")}
AREA_WORDS = {
    IncidentArea.MEDICINE: _("A medicine: dose, drug, route, time"),
    IncidentArea.MONITORING: _("Watching: readings, alarms, hand-over"),
    IncidentArea.IDENTITY: _("Who is who: person, record, label"),
    IncidentArea.FALL: _("Fall or injury"),
    IncidentArea.STOCK: _("Controlled stock"),
    IncidentArea.EQUIPMENT: _("Equipment"),
    IncidentArea.GOING_HOME: _("Going home: escort, driving"),
    IncidentArea.AT_HOME: _("A session at home"),
    IncidentArea.RECORDS: _("Records, privacy, this program"),
    IncidentArea.CONDUCT: _("How somebody was treated"),
    IncidentArea.OTHER: _("Something else"),
}
CAUSE_WORDS = {
    Cause.STEPS_UNCLEAR: _("The steps were unclear or not written down"),
    Cause.HANDOVER: _("Hand-over or words that did not arrive"),
    Cause.STAFFING: _("Too few people, or too much at once"),
    Cause.TRAINING: _("Not yet trained for it"),
    Cause.EQUIPMENT: _("Equipment missing, broken or hard to use"),
    Cause.SURROUNDINGS: _("Room, light, noise"),
    Cause.SOFTWARE: _("This program, or another"),
    Cause.PATIENT_CONDITION: _("The person's condition"),
    Cause.OUTSIDE: _("Something outside the clinic"),
    Cause.NOT_FOUND: _("Looked for; none was found"),
}
ORIGIN_WORDS = {
    STOCK_DISCREPANCY: _(
        "A count of controlled stock differs from the ledger. The numbers stand on the page of the stock."
    )
}
