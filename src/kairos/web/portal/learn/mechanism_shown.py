"""How ketamine may work, drawn as far as the chain goes by what somebody counts, and each arrow told."""

from collections.abc import Collection
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kairos.content.release import ContentRelease
from kairos.domain.evidence.mechanism import Arrow, Known, MechanismMap, Pathway, Step
from kairos.web.design.drawings.mechanism import DrawnArrow, DrawnStep, draw_mechanism
from kairos.web.design.drawings.svg import width_of
from kairos.web.languages import spoken_release

KNOWN_WORDS: dict[Known, Promise] = {
    Known.HUMAN: gettext_lazy("Seen in people"),
    Known.ANIMAL: gettext_lazy("Seen in animals"),
    Known.HYPOTHESIS: gettext_lazy("Supposed, seen in nobody"),
}
PATHWAY_WORDS: dict[Pathway, Promise] = {
    Pathway.INTERNEURON: gettext_lazy("By the brake cells"),
    Pathway.DIRECT: gettext_lazy("By the main cells"),
    Pathway.METABOLITE: gettext_lazy("By a breakdown product"),
}
_LINE = 134.0


def mechanism_shown(known: Collection[Known], pathways: Collection[Pathway]) -> dict[str, Any]:
    """Return the drawing, whether the chain reaches mood by what counts, and every arrow with its sources."""
    release = spoken_release()
    read = release.mechanism.get((get_language() or "en")[:2]) or release.mechanism["en"]
    reached, counted = read.reached(known, pathways), read.counted(known, pathways)
    weakest = read.weakest(known, pathways)
    return {
        "picture": mark_safe(_drawn(read, reached, counted)),  # nosec B308 B703 - escaped as drawn
        "outcome": _outcome(read, reached),
        "weakest": weakest.value if weakest else "",
        "arrows": [_told(n, arrow, read, release) for n, arrow in enumerate(read.arrows, start=1)],
        "steps": read.steps.values(),
    }


def _outcome(read: MechanismMap, reached: Collection[str]) -> str:
    if read.leads_to in reached:
        return _("By what you count, a chain leads to mood. A chain is as sure as its weakest arrow.")
    missing = [step.name for step in read.steps.values() if step.id not in reached]
    return _("By what you count, no chain leads to mood. Not reached: %(steps)s.") % {
        "steps": "; ".join(missing)
    }


def _drawn(read: MechanismMap, reached: Collection[str], counted: Collection[Arrow]) -> str:
    steps = [
        DrawnStep(step.id, _in_two(step.name), step.column, step.row, step.id in reached)
        for step in read.steps.values()
    ]
    arrows = [
        DrawnArrow(number, arrow.begins, arrow.ends, arrow.known.value, arrow in counted)
        for number, arrow in enumerate(read.arrows, start=1)
    ]
    story = " ".join(_sentence(n, arrow, read.steps) for n, arrow in enumerate(read.arrows, start=1))
    return draw_mechanism(steps, arrows, title=_("How ketamine may work"), story=story)


def _sentence(number: int, arrow: Arrow, steps: Any) -> str:
    return _("%(n)d, from %(begins)s to %(ends)s: %(known)s.") % {
        "n": number,
        "begins": steps[arrow.begins].name,
        "ends": steps[arrow.ends].name,
        "known": KNOWN_WORDS[arrow.known],
    }


def _in_two(name: str) -> tuple[str, ...]:
    """Return a name in one line, or broken where its two lines are most even."""
    words = name.split()
    if width_of(name, strong=True) <= _LINE or len(words) == 1:
        return (name,)
    breaks = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return min(breaks, key=lambda lines: max(map(width_of, lines)))


def _told(number: int, arrow: Arrow, read: MechanismMap, release: ContentRelease) -> dict[str, Any]:
    begins: Step = read.steps[arrow.begins]
    return {
        "number": number,
        "arrow": arrow,
        "begins": begins.name,
        "ends": read.steps[arrow.ends].name,
        "known": KNOWN_WORDS[arrow.known],
        "sources": [release.citations[key].title for key in arrow.sources],
        "against": [release.citations[key].title for key in arrow.against_sources],
    }
