"""What a support person or the patient said at the newest check-in. Rows S-073 and MON-05."""

from kairos.domain.sessions.events import CheckedIn, CheckInAnswer
from kairos.domain.sessions.watched import Judgement, Watched
from kairos.vocab.verdict import Verdict


def emergency(watched: Watched) -> Judgement:
    """S-073: the button for an emergency was pressed, and nobody has said since that all is well."""
    return _newest_is(watched, CheckInAnswer.EMERGENCY)


def worried(watched: Watched) -> Judgement:
    """S-073: the newest answer was that somebody is worried."""
    return _newest_is(watched, CheckInAnswer.WORRIED)


def _newest_is(watched: Watched, answer: CheckInAnswer) -> Judgement:
    said = [seen for seen in watched.state.seen(CheckedIn) if seen.true_at <= watched.at]
    if not said:
        return Judgement(Verdict.UNKNOWN, ())
    newest = said[-1]
    fires = isinstance(newest.event, CheckedIn) and newest.event.answer is answer
    return Judgement(Verdict.NOT_MET if fires else Verdict.MET, (), (newest.ref,))
