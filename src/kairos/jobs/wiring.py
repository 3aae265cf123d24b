"""Which loops the jobs process runs: what, how often, by which action."""

from collections.abc import Callable

from kairos.jobs.loops import Loop

LOOPS: tuple[Callable[[], Loop], ...] = ()
