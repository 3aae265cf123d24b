"""What was said at the newest check-in, and whether the patient's telephone is heard.

Rows S-073, S-074 and MON-05.
"""

from kairos.domain.sessions.events import CheckedIn, CheckInAnswer, ContactNoted
from kairos.domain.sessions.watched import Judgement, Watched
from kairos.vocab.people import Role
from kairos.vocab.verdict import Verdict


def emergency(watched: Watched) -> Judgement:
    """S-073: the button for an emergency was pressed, and nobody has said since that all is well."""
    return _newest_is(watched, CheckInAnswer.EMERGENCY)


def worried(watched: Watched) -> Judgement:
    """S-073: the newest answer was that somebody is worried."""
    return _newest_is(watched, CheckInAnswer.WORRIED)


def contact_lost(watched: Watched) -> Judgement:
    """S-074: the patient's telephone, once heard in session mode, has fallen silent."""
    seen = [each for each in watched.state.seen(ContactNoted) if each.true_at <= watched.at]
    noted = [each for each in seen if getattr(each.event, "who", "") == Role.PATIENT]
    if not noted:
        return Judgement(Verdict.UNKNOWN, ())
    newest = noted[-1]
    is_lost = isinstance(newest.event, ContactNoted) and not newest.event.is_heard
    return Judgement(Verdict.NOT_MET if is_lost else Verdict.MET, (), (newest.ref,))


def _newest_is(watched: Watched, answer: CheckInAnswer) -> Judgement:
    said = [seen for seen in watched.state.seen(CheckedIn) if seen.true_at <= watched.at]
    if not said:
        return Judgement(Verdict.UNKNOWN, ())
    newest = said[-1]
    fires = isinstance(newest.event, CheckedIn) and newest.event.answer is answer
    return Judgement(Verdict.NOT_MET if fires else Verdict.MET, (), (newest.ref,))
