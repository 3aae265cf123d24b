"""Seal the audit until nothing is left: what a process does last, once nothing else writes."""

from collections.abc import Callable

from kairos.store.seal import seal
from kairos.store.verify import count_unsealed


def seal_whole_audit(*, wait: Callable[[], None], tries: int = 40) -> int:
    """Link block after block, and return how many events are not sealed yet.

    Like ``seal_audit`` it has no command id and no event of its own. An event is linked only once no older
    transaction is open: one that is just ending elsewhere makes the first tries too early.

    Parameters
    ----------
    wait : callable    waits a moment between two tries
    """
    seal()
    while (left := count_unsealed()) and tries:
        wait()
        seal()
        tries -= 1
    return left
