"""The person while watched: sedation, symptoms, vomiting, detachment. Tables 2.3 (SED-INTRA) and 5.1."""

from kairos.domain.sessions.dissociation import dissociation_settled
from kairos.domain.sessions.events import SymptomNoted, SymptomState
from kairos.domain.sessions.watched import Judgement, Watched
from kairos.vocab.quantities import ONE, Quantity
from kairos.vocab.verdict import Verdict

_AWAKE = "monitoring.sedation_awake"


def sedation_urgent(watched: Watched) -> Judgement:
    """SED-INTRA: at or under the urgent score."""
    return _sedation(watched, "monitoring.sedation_urgent")


def sedation_emergency(watched: Watched) -> Judgement:
    """SED-INTRA: at or under the emergency score."""
    return _sedation(watched, "monitoring.sedation_emergency")


def emergency_symptom(watched: Watched) -> Judgement:
    """5.1: one of the emergency symptoms is there, at any blood pressure."""
    return _symptom(watched, "is_emergency")


def distress(watched: Watched) -> Judgement:
    """5.1: severe anxiety, panic or overwhelming detachment."""
    return _symptom(watched, "is_distress")


def vomiting_sedated(watched: Watched) -> Judgement:
    """5.1: vomiting while not fully awake; vomiting with sedation not rated asks for the rating."""
    vomiting = watched.symptoms_that("is_vomiting")
    if not vomiting:
        return _symptom(watched, "is_vomiting")
    facts = tuple(seen.ref for seen in vomiting.values())
    rated = watched.newest_sedation()
    if rated is None:
        return Judgement(Verdict.UNKNOWN, (_AWAKE,), facts)
    event, seen = rated
    is_sedated = event.score < watched.number(_AWAKE)
    return Judgement(Verdict.NOT_MET if is_sedated else Verdict.MET, (_AWAKE,), (*facts, seen.ref))


def vomiting_repeated(watched: Watched) -> Judgement:
    """5.1: vomited more often than stated."""
    limit = "monitoring.vomiting_times"
    codes = watched.protocol.symptoms_that("is_vomiting")
    times = [
        seen.ref
        for seen in watched.state.seen(SymptomNoted)
        if isinstance(seen.event, SymptomNoted)
        and seen.event.state is SymptomState.PRESENT
        and seen.true_at <= watched.at
        and not codes.isdisjoint(seen.event.codes)
    ]
    if not times and not watched.was_asked("is_vomiting"):
        return Judgement(Verdict.UNKNOWN, (limit,))
    is_repeated = len(times) > watched.number(limit) and bool(watched.symptoms_that("is_vomiting"))
    values = {"times": Quantity(len(times), ONE)}
    return Judgement(Verdict.NOT_MET if is_repeated else Verdict.MET, (limit,), tuple(times), values)


def dissociation_lasting(watched: Watched) -> Judgement:
    """5.1: detachment that has not settled by the time stated after the end of the infusion."""
    limit = "monitoring.dissociation_lasting"
    ended = watched.state.dose.ended_at
    settled = dissociation_settled(watched)
    named = (limit, *settled.limits)
    if ended is None or watched.at - ended <= watched.limits.span(limit):
        verdict = Verdict.MET if settled.facts else Verdict.UNKNOWN
        return Judgement(verdict, named, settled.facts, settled.values)
    return Judgement(settled.verdict, named, settled.facts, settled.values)


def _sedation(watched: Watched, limit: str) -> Judgement:
    rated = watched.newest_sedation()
    if rated is None:
        return Judgement(Verdict.UNKNOWN, (limit,))
    event, seen = rated
    verdict = Verdict.NOT_MET if event.score <= watched.number(limit) else Verdict.MET
    return Judgement(verdict, (limit,), (seen.ref,), {"score": Quantity(event.score, ONE)})


def _symptom(watched: Watched, quality: str) -> Judgement:
    present = watched.symptoms_that(quality)
    if present:
        refs = tuple(dict.fromkeys(seen.ref for seen in present.values()))
        return Judgement(Verdict.NOT_MET, (), refs, {"symptoms": ", ".join(sorted(present))})
    return Judgement(Verdict.MET if watched.was_asked(quality) else Verdict.UNKNOWN, ())
