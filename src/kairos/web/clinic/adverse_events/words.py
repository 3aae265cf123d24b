"""The words of adverse events."""

from django.utils.translation import gettext_lazy as _

from kairos.content.release import load_release
from kairos.domain.safety.adverse_events import (
    OTHER_TERM,
    ActionTaken,
    AdverseEvent,
    Criterion,
    EventOutcome,
    EventSeverity,
    Expectedness,
    Relatedness,
    ReportDecision,
)

SEVERITY_WORDS = {
    EventSeverity.MILD: _("Mild"),
    EventSeverity.MODERATE: _("Moderate"),
    EventSeverity.SEVERE: _("Severe"),
}
CRITERION_WORDS = {
    Criterion.DEATH: _("Death"),
    Criterion.LIFE_THREATENING: _("Life was in danger at that moment"),
    Criterion.HOSPITALISATION: _("Hospital, or a longer stay there"),
    Criterion.DISABILITY: _("Lasting or major disability"),
    Criterion.CONGENITAL_ANOMALY: _("Birth defect"),
    Criterion.IMPORTANT_MEDICAL_EVENT: _("Important: treated so that none of these happened"),
}
RELATED_WORDS = {
    Relatedness.NOT_ASSESSED: _("Not assessed yet"),
    Relatedness.CERTAIN: _("Certain"),
    Relatedness.PROBABLE: _("Probable"),
    Relatedness.POSSIBLE: _("Possible"),
    Relatedness.UNLIKELY: _("Unlikely"),
    Relatedness.CONDITIONAL: _("More must be known first"),
    Relatedness.UNASSESSABLE: _("Cannot be assessed"),
}
ACTION_WORDS = {
    ActionTaken.NOT_CHANGED: _("The dose was not changed"),
    ActionTaken.REDUCED: _("The dose was reduced"),
    ActionTaken.INCREASED: _("The dose was increased"),
    ActionTaken.WITHDRAWN: _("The treatment was stopped"),
    ActionTaken.NOT_APPLICABLE: _("Does not apply"),
    ActionTaken.UNKNOWN: _("Not known"),
}
OUTCOME_WORDS = {
    EventOutcome.RECOVERED: _("Recovered"),
    EventOutcome.RECOVERING: _("Recovering"),
    EventOutcome.NOT_RECOVERED: _("Not recovered"),
    EventOutcome.RECOVERED_WITH_SEQUELAE: _("Recovered, and something remains"),
    EventOutcome.FATAL: _("Died"),
    EventOutcome.UNKNOWN: _("Not known"),
}
EXPECTED_WORDS = {
    Expectedness.EXPECTED: _("Named in the label or the consent, in kind and strength"),
    Expectedness.UNEXPECTED: _("Not named, or stronger than named"),
    Expectedness.NOT_DECIDED: _("Cannot be said yet"),
}
DECISION_WORDS = {
    ReportDecision.REPORT: _("It is reported to the authority"),
    ReportDecision.NO_REPORT: _("It is not reported, for the reason given"),
    ReportDecision.MORE_NEEDED: _("More must be known first"),
}


def term_words(term: str, named: str = "") -> str:
    """Return what an event is called."""
    if term == OTHER_TERM:
        return named
    texts = load_release().texts
    found = next((each for each in (f"symptom.{term}", f"term.{term}") if each in texts), "")
    return texts.template(found) if found else term


def event_words(event: AdverseEvent) -> str:
    """Return an event's name."""
    return term_words(event.term, event.named)


def group_words(group: str) -> str:
    """Return the name of a group of terms."""
    return load_release().texts.template(f"term_group.{group}")
