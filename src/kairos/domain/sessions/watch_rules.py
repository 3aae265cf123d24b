"""Whether somebody watches: the watcher is there, has not too many sessions, and a break has ended in time.

That a watcher is gone is no reading; our own processes record it (``WatchLost``), and from there on it is
judged like everything else. A session that is over needs no watcher.
"""

from collections.abc import Callable
from functools import partial

from kairos.domain.sessions.events import WatchFault
from kairos.domain.sessions.watched import Judgement, Watched
from kairos.vocab.verdict import Verdict

LIMITS = {
    WatchFault.SIGNED_OUT: (),
    WatchFault.SILENT: ("watching.silence_most",),
    WatchFault.TOO_MANY: ("watching.sessions_most",),
}


def fault(watched: Watched, which: WatchFault) -> Judgement:
    """WATCH-OUT, WATCH-SILENT, WATCH-MANY: our processes saw that the watcher is gone, or has too many."""
    if watched.state.watched_by is None:
        return Judgement(Verdict.UNKNOWN, LIMITS[which])
    lost = watched.state.watch_faults.get(which)
    if lost is None or watched.state.is_over:
        return Judgement(Verdict.MET, LIMITS[which])
    return Judgement(Verdict.NOT_MET, LIMITS[which], (lost.ref,), {"since": lost.true_at})


def cover_over(watched: Watched) -> Judgement:
    """WATCH-BREAK: a break was to end, and the watch has not gone back."""
    cover = watched.state.cover
    if watched.state.watched_by is None:
        return Judgement(Verdict.UNKNOWN, ())
    if cover is None or watched.at < cover.until or watched.state.is_over:
        return Judgement(Verdict.MET, ())
    return Judgement(Verdict.NOT_MET, (), (), {"until": cover.until})


RULES: dict[str, Callable[[Watched], Judgement]] = {
    "watching.signed_out": partial(fault, which=WatchFault.SIGNED_OUT),
    "watching.silent": partial(fault, which=WatchFault.SILENT),
    "watching.too_many": partial(fault, which=WatchFault.TOO_MANY),
    "watching.cover_over": cover_over,
}
"""The rules of watching over the watchers, by the id that alarms and texts know them by."""
