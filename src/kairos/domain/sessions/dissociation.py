"""Whether detachment has settled: the same scale as before the dose, back to where it was. Row 2.4."""

from kairos.domain.sessions.events import DissociationRated, DissociationScale
from kairos.domain.sessions.state import DosingSessionState
from kairos.domain.sessions.watched import Judgement, Watched
from kairos.vocab.quantities import ONE, Quantity
from kairos.vocab.verdict import Verdict

_CADSS = "release.dissociation_cadss_most"
_OVER = "release.dissociation_over_baseline"


def rating_before_dose(state: DosingSessionState, scale: DissociationScale) -> DissociationRated | None:
    """Return the newest rating on a scale before the first drop, or None."""
    started = state.dose.started_at
    before = [
        seen.event
        for seen in state.seen(DissociationRated)
        if isinstance(seen.event, DissociationRated)
        and seen.event.scale is scale
        and (started is None or seen.true_at <= started)
    ]
    return before[-1] if before else None


def dissociation_settled(watched: Watched) -> Judgement:
    """Return whether the newest rating is back to the one before the dose, on the same scale.

    A rating on a scale not used before the dose is UNKNOWN, but for a CADSS total low enough by itself.
    """
    newest = watched.newest_dissociation()
    if newest is None:
        return Judgement(Verdict.UNKNOWN, (_OVER,))
    event, seen = newest
    before = rating_before_dose(watched.state, event.scale)
    values = {"score": Quantity(event.score, ONE)}
    if before is not None:
        values["before"] = Quantity(before.score, ONE)
    if event.scale is DissociationScale.CADSS:
        return Judgement(_cadss_verdict(event, before, watched), (_CADSS,), (seen.ref,), values)
    return Judgement(_short_verdict(event, before, watched), (_OVER,), (seen.ref,), values)


def _cadss_verdict(event: DissociationRated, before: DissociationRated | None, watched: Watched) -> Verdict:
    if event.score <= watched.number(_CADSS):
        return Verdict.MET
    if before is None:
        return Verdict.UNKNOWN
    return Verdict.MET if event.score <= before.score else Verdict.NOT_MET


def _short_verdict(event: DissociationRated, before: DissociationRated | None, watched: Watched) -> Verdict:
    if before is None:
        return Verdict.UNKNOWN
    return Verdict.MET if event.score <= before.score + watched.number(_OVER) else Verdict.NOT_MET
