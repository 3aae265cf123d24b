"""What the pages of the sign-off are drawn from."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.domain.evidence.parameters import ParameterValue
from kairos.domain.evidence.review import ReviewItem
from kairos.queries.sign_off import SignOffPage
from kairos.queries.what_changes import ChangeForPerson, ChangesForPeople
from kairos.vocab.people import Actor, Permission
from kairos.vocab.quantities import Quantity
from kairos.web.clinic.content.words import BASIS_WORDS, CERTAINTY_WORDS, NOT_READ
from kairos.web.clinic.sign_off.forms import ChapterForm, SignForm
from kairos.web.clinic.words import ADVICE_WORDS, VERDICT_WORDS, unit_words

CHAPTERS: dict[str, Promise] = {
    "eligibility": gettext_lazy("May this person start"),
    "medicines": gettext_lazy("Medicines"),
    "trial": gettext_lazy("Doses that count as a trial of treatment"),
    "course": gettext_lazy("The course"),
    "dosing": gettext_lazy("The dose"),
    "fasting": gettext_lazy("Food and drink before the dose"),
    "predose": gettext_lazy("Before the dose"),
    "monitoring": gettext_lazy("While watched"),
    "escalation": gettext_lazy("When something is wrong"),
    "release": gettext_lazy("Going home"),
    "outcomes": gettext_lazy("Outcomes"),
    "measures": gettext_lazy("When questionnaires are asked"),
    "integration": gettext_lazy("The days after"),
    "tasks": gettext_lazy("Tasks and their deadlines"),
}


def chapter_of(item: ReviewItem) -> str:
    """Return the chapter a value belongs to."""
    return item.id.partition(".")[0]


def chapter_words(chapter: str) -> str:
    """Return a chapter's title."""
    return str(CHAPTERS.get(chapter, chapter.replace("_", " ").capitalize()))


def quantity_words(quantity: Quantity | None) -> str:
    """Return a number with its unit as people write it."""
    return "" if quantity is None else f"{quantity.value:g} {unit_words(quantity.unit)}".strip()


def page_shown(page: SignOffPage, form: SignForm, by: Actor) -> dict[str, Any]:
    """Return what the page is drawn from."""
    review = page.review
    return {
        "page": page,
        "review": review,
        "form": form,
        "may_sign": by.may(Permission.SIGN_CONTENT),
        "chapters": _chapters(page),
        "wishes": [_wish(page, item) for item in review.items if item.id in review.changed_own],
        "owned": [_owned(item) for item in review.items if item.own is not None],
        "read_on": [_value(item) for item in review.items if item.is_new and not item.is_decided_by_people],
        "gates": _gates(page),
        "signatures": [
            {"signature": each, "by": page.signers.get(each.signed_by, ""), "own": _count_own(each.values)}
            for each in page.signatures
        ],
    }


def _chapters(page: SignOffPage) -> list[dict[str, Any]]:
    chapters: dict[str, list[ReviewItem]] = {}
    for item in page.review.items:
        chapters.setdefault(chapter_of(item), []).append(item)
    ranked = sorted(chapters, key=lambda each: [*CHAPTERS, each].index(each))
    return [_chapter(page, each, chapters[each]) for each in ranked]


def _chapter(page: SignOffPage, chapter: str, items: list[ReviewItem]) -> dict[str, Any]:
    wanted = [item for item in items if item.wants_decision]
    done = sum(item.id in page.review.decided for item in wanted)
    return {
        "id": chapter,
        "title": chapter_words(chapter),
        "wanted": len(wanted),
        "done": done,
        "left": len(wanted) - done,
        "open": sum(item.offered.range is not None for item in items),
    }


def _gates(page: SignOffPage) -> list[str]:
    """Return what still stands before a signature, in words."""
    review = page.review
    if not review.is_needed:
        return [_("This release and these values are signed already; there is nothing new to sign.")]
    if review.left:
        told = {"left": len(review.left), "all": len(review.wanted)}
        return [_("%(left)s of %(all)s values are not looked at yet.") % told]
    return []


def _value(item: ReviewItem) -> dict[str, Any]:
    return {
        "item": item,
        "now": quantity_words(item.offered.quantity),
        "before": quantity_words(item.signed.quantity) if item.signed else "",
        "basis": BASIS_WORDS[item.offered.basis],
        **_mark(item.offered),
    }


def _mark(value: ParameterValue) -> dict[str, Any]:
    return {"mark": CERTAINTY_WORDS[value.certainty], "is_unread": value.certainty in NOT_READ}


def _wish(page: SignOffPage, item: ReviewItem) -> dict[str, Any]:
    after = page.review.changed_own[item.id]
    return {
        "item": item,
        "before": quantity_words(item.own or (item.signed or item.offered).quantity),
        "after": quantity_words(after or item.offered.quantity),
        "is_given_back": after is None,
        "reason": page.review.decided[item.id].reason,
    }


def _owned(item: ReviewItem) -> dict[str, Any]:
    return {"item": item, "own": quantity_words(item.own), "released": quantity_words(item.offered.quantity)}


def _count_own(values: Iterable[Any]) -> int:
    return len({each["parameter"] for each in values if each["value"] is not None})


def chapter_shown(page: SignOffPage, chapter: str, form: ChapterForm) -> dict[str, Any]:
    """Return what the page of one chapter is drawn from."""
    citations = page.offered.citations
    rows = [
        _value(item)
        | {
            "seen": seen,
            "own": own,
            "reason": reason,
            "unit": unit_words(item.offered.quantity.unit),
            "is_decided": item.id in page.review.decided,
            "sources": [citations[key] for key in item.offered.sources],
            "in_force": quantity_words(item.own),
        }
        for item, seen, own, reason in form.rows()
    ]
    return {
        "page": page,
        "form": form,
        "title": chapter_words(chapter),
        "chapter": chapter,
        "wanted": [row for row in rows if row["item"].wants_decision],
        "rest": [row for row in rows if not row["item"].wants_decision],
    }


def whom_shown(found: ChangesForPeople) -> dict[str, Any]:
    """Return what the people for whom something changes are drawn from."""
    return {"found": found, "people": [_person(each) for each in found.people]}


def _person(change: ChangeForPerson) -> dict[str, Any]:
    return {
        "id": change.person_id,
        "name": change.name or _("Name unknown"),
        "before": ADVICE_WORDS[change.before],
        "after": ADVICE_WORDS[change.after],
        "is_other": change.before is not change.after,
        "verdicts": [(v.title, VERDICT_WORDS[v.before], VERDICT_WORDS[v.after]) for v in change.verdicts],
    }
