"""The check at the moment of giving a medicine: allergies, other medicines, conditions. Silence never passes.

Each finding is MET where nothing speaks against giving. An absolute one that is NOT_MET refuses; a relative
one wants a prescriber's own word; everything else that is not MET is read and acknowledged by whoever gives.
In an emergency nothing is refused: all of it is kept beside what was given, and somebody looks at it later.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kairos.domain.rules.case import Case
from kairos.domain.rules.presence import Presences, Tense
from kairos.domain.safety.rescue import GivingRoute, RescueCaution, RescueMedicine
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.facts import AskedAsOf, Fact, FactKind, Presence
from kairos.vocab.finding import Finding, FindingValue
from kairos.vocab.verdict import Severity, Verdict

ALLERGY = "giving.allergy"
MEDICINE_LIST = "giving.medicine_list"
CAUTION = "giving.caution"
_OURS = ("cite:kairos-default",)
_NO_ALLERGY = frozenset({"drug_allergy", f"list.{FactKind.ALLERGY}"})


@dataclass(frozen=True, slots=True)
class AtTheChair:
    """What is known of the person at this moment.

    ``taken`` are the ingredients on the list of medicines, ``list_is_known`` whether somebody went through it
    in time; ``given_here`` what this session's entries say was given, with its route; ``facts`` all facts of
    allergies and conditions. ``named`` finds the ingredients in words.
    """

    facts: tuple[Fact, ...]
    taken: frozenset[str]
    list_is_known: bool
    given_here: tuple[tuple[str, str], ...]
    on: date
    fresh: timedelta
    lasting: timedelta
    named: Callable[[str], tuple[str, ...]]


def check_giving(
    drug: str, route: GivingRoute, known: AtTheChair, medicine: RescueMedicine | None
) -> tuple[Finding, ...]:
    """Return what speaks for and against giving a drug now, allergies first.

    Parameters
    ----------
    drug : str                      the ingredient; empty where the words named none that is known
    medicine : RescueMedicine       what content says of it; None where it is not kept at hand
    """
    found = [_allergy(drug, known), _medicines(drug, known, medicine)]
    for caution in medicine.cautions if medicine is not None else ():
        if not caution.routes or route in caution.routes:
            found.append(_caution(caution, known, medicine.sources if medicine else _OURS))
    return tuple(found)


def open_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what is not MET: nothing of it passes in silence."""
    return tuple(each for each in findings if each.verdict is not Verdict.MET)


def check_may_give(
    findings: Iterable[Finding], *, acknowledged: Iterable[str], on_standing_order: bool
) -> None:
    """Refuse what an absolute finding forbids, what needs a prescriber's word, what nobody acknowledged.

    Raises
    ------
    NotAllowed      an absolute finding, or a relative one under a standing order
    InvalidInput    findings that were not acknowledged; the field is ``acknowledged``
    """
    left = open_findings(findings)
    against = [each for each in left if each.verdict is Verdict.NOT_MET]
    absolute = [each.rule for each in against if each.severity is Severity.ABSOLUTE]
    if absolute:
        raise NotAllowed(
            f"not given: {_listed(absolute)}; a prescriber chooses something else, or it is an emergency"
        )
    relative = [each.rule for each in against if each.severity is Severity.RELATIVE]
    if relative and on_standing_order:
        raise NotAllowed(f"not under a standing order: {_listed(relative)}; ask a prescriber for an order")
    unread = [each.rule for each in left if each.rule not in set(acknowledged)]
    if unread:
        raise InvalidInput(Problem("acknowledged", f"read and confirm first: {_listed(unread)}"))


def told(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return findings as they are kept beside what was given: ``rule=verdict``."""
    return tuple(f"{each.rule}={each.verdict.value}" for each in findings)


def _listed(rules: Iterable[str]) -> str:
    return ", ".join(rule.removeprefix("giving.").replace("_", " ").replace(".", ": ") for rule in rules)


def _allergy(drug: str, known: AtTheChair) -> Finding:
    """Answer whether an allergy to the drug is known. Nobody having asked is UNKNOWN."""
    entries = [f for f in known.facts if f.kind is FactKind.ALLERGY and f.presence is not Presence.ABSENT]
    named = {fact.id: known.named(_words(fact)) for fact in entries}
    to_it = tuple(f.id for f in entries if drug and drug in named[f.id])
    unread = tuple(f.id for f in entries if not named[f.id] and f.concept not in ("other_allergy",))
    denials = tuple(f.id for f in known.facts if f.concept in _NO_ALLERGY and f.presence is Presence.ABSENT)
    if to_it:
        verdict, facts, message = Verdict.NOT_MET, to_it, "giving.allergy.not_met"
    elif not drug:
        verdict, facts, message = Verdict.UNKNOWN, (), "giving.allergy.not_recognised"
    elif unread:
        verdict, facts, message = Verdict.UNKNOWN, unread, "giving.allergy.unread"
    elif denials or _list_confirmed(known):
        verdict, facts, message = Verdict.MET, denials, "giving.allergy.met"
    else:
        verdict, facts, message = Verdict.UNKNOWN, (), "giving.allergy.never_asked"
    return _finding(ALLERGY, verdict, Severity.ABSOLUTE, message, facts)


def _list_confirmed(known: AtTheChair) -> bool:
    return Case(known.facts, AskedAsOf(known.on, chosen=True)).confirmed_list(FactKind.ALLERGY) is not None


def _words(fact: Fact) -> str:
    said = [str(value) for value in fact.details.values() if isinstance(value, str)]
    return " ".join([fact.code.display if fact.code else "", fact.concept.replace("_", " "), *said])


def _medicines(drug: str, known: AtTheChair, medicine: RescueMedicine | None) -> Finding:
    """Answer whether the list of medicines was gone through and the drug is one whose cautions are known."""
    if not known.list_is_known:
        return _finding(MEDICINE_LIST, Verdict.UNKNOWN, Severity.CAUTION, "giving.medicine_list.unknown")
    if medicine is None:
        return _finding(MEDICINE_LIST, Verdict.UNKNOWN, Severity.CAUTION, "giving.medicine_list.not_listed")
    return _finding(MEDICINE_LIST, Verdict.MET, Severity.CAUTION, "giving.medicine_list.met")


def _caution(caution: RescueCaution, known: AtTheChair, sources: tuple[str, ...]) -> Finding:
    rule = f"{CAUTION}.{caution.id}"
    if caution.conditions:
        verdict = _without(caution.conditions, known)
    else:
        verdict = _apart(caution, known)
    return _finding(rule, verdict, caution.severity, f"{rule}.{verdict}", (), sources)


def _apart(caution: RescueCaution, known: AtTheChair) -> Verdict:
    """Answer whether none of the other drugs is there: given here, or on the list."""
    here = {drug for drug, route in known.given_here if not caution.given_by or route in caution.given_by}
    if caution.given_by:
        return Verdict.NOT_MET if caution.drugs & here else Verdict.MET
    if caution.drugs & (here | known.taken):
        return Verdict.NOT_MET
    return Verdict.MET if known.list_is_known else Verdict.UNKNOWN


def _without(conditions: frozenset[str], known: AtTheChair) -> Verdict:
    """Answer whether none of the conditions is so now, as the rules of eligibility would."""
    case = Case(known.facts, AskedAsOf(known.on, chosen=True))
    answers = [
        Presences(
            concepts=frozenset({each}),
            asked_as=each,
            tense=Tense.CURRENT,
            kind=FactKind.CONDITION,
            fresh=known.fresh,
            lasting=known.lasting,
        ).answer(case)
        for each in sorted(conditions)
    ]
    verdicts = {answer.verdict.negated() for answer in answers}
    if Verdict.NOT_MET in verdicts:
        return Verdict.NOT_MET
    return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.MET


def _finding(
    rule: str,
    verdict: Verdict,
    severity: Severity,
    message: str,
    facts: tuple[str, ...] = (),
    sources: tuple[str, ...] = _OURS,
) -> Finding:
    values: Mapping[str, FindingValue] = {}
    return Finding(rule, "2.5", verdict, severity, message, values, facts, sources)
