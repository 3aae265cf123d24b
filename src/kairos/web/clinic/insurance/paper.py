"""The pack for an insurer as one document: letter, treatments tried, scores with their days, chosen notes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kairos.content.release import load_release
from kairos.domain.rules.target import Route
from kairos.interop.paper.document import Document, Sheet, Table, Words
from kairos.queries.insurance import InsurancePage, NoteThere
from kairos.vocab.verdict import Verdict
from kairos.web.clinic.eligibility.shown import ledger
from kairos.web.clinic.insurance.forms import Letter, note_words
from kairos.web.clinic.words import ROUTE_WORDS, day_words

_LINE = "______________________"


def pack_document(found: InsurancePage, told: Mapping[str, Any], chosen: Iterable[NoteThere]) -> Document:
    """Return the pack; ``told`` is what the form holds."""
    is_appeal = told["letter"] is Letter.APPEAL
    title = _("Appeal") if is_appeal else _("Request for prior authorisation")
    notes = tuple(words for note in chosen for words in _note(note))
    sheets = [Sheet(title, tuple(_letter(found, told))), Sheet(_("Treatments tried"), tuple(_trials(found)))]
    sheets.append(Sheet(_("Scores"), (_scores(found),)))
    if notes:
        sheets.append(Sheet(_("Notes"), notes))
    footer = _("{programme}, made on {on}. Content {content}.").format(
        programme=found.programme,
        on=day_words(timezone.localdate()),
        content=found.page.content.release.version[:12],
    )
    return Document(title, get_language() or "en", found.programme, footer, tuple(sheets))


def _letter(found: InsurancePage, told: Mapping[str, Any]) -> Iterable[Words]:
    page, texts = found.page, load_release().texts
    who = page.identity
    yield Words(_("To {insurer}").format(insurer=told["insurer"]), strong=True)
    yield Words(
        _("About {name}, born {born}, member number {member}.").format(
            name=who.shown_name, born=who.born_on or _("not on record"), member=told["member"] or _LINE
        )
    )
    if told["letter"] is Letter.APPEAL:
        on, number = day_words(told["refused_on"]), told["reference"] or _LINE
        yield Words(
            _("Your letter of {on}, number {number}, refused it. The reason you gave: {reason}").format(
                on=on, number=number, reason=told["reason"]
            )
        )
        yield Words(_("We ask you to look at it again, by what follows."))
    yield Words(_asked(found))
    is_esketamine = page.screening.target.route is Route.ESKETAMINE
    yield Words(texts.template("insurance.esketamine" if is_esketamine else "insurance.off_label"))
    yield Words(_counted(found))
    if told["more"]:
        yield Words(told["more"])
    yield Words(_("Signed: {line}   Licence: {line}   Date: {line}").format(line=_LINE))


def _asked(found: InsurancePage) -> str:
    screening = found.page.screening
    return _("Asked for: {drug}, for {indication}.").format(
        drug=ROUTE_WORDS[screening.target.route],
        indication=load_release().texts.template(f"indication.{screening.indication}"),
    )


def _counted(found: InsurancePage) -> str:
    """Say how many treatments count as adequate and failed; what is not known is said as well."""
    verdicts = [judged.verdict for judged in found.page.trials]
    return _(
        "Of {all} treatments on record {failed} were adequate in dose and length and did not help enough; of "
        "{unknown} something is not known. Each stands below with its dose, its days and its result."
    ).format(all=len(verdicts), failed=verdicts.count(Verdict.MET), unknown=verdicts.count(Verdict.UNKNOWN))


def _trials(found: InsurancePage) -> Iterable[Words | Table]:
    if found.page.definition is not None:
        titles = (load_release().citations[key].title for key in found.page.definition.sources)
        yield Words(_("Judged by: {sources}.").format(sources="; ".join(titles)))
    rows = tuple(
        (
            row["title"],
            row["dose"] or _("not known"),
            row["when"],
            row["until"],
            row["improvement"],
            ": ".join(str(part) for part in (row["verdict"], row["lacking"]) if part),
        )
        for row in ledger(found.page)
    )
    header = (_("Treatment"), _("Daily dose"), _("From"), _("Until"), _("Symptoms fell"), _("Verdict"))
    if rows:
        yield Table(header, rows, (4, 3, 3, 3, 3, 5))
    else:
        yield Words(_("No treatment is on record."), strong=True)


def _scores(found: InsurancePage) -> Words | Table:
    rows = tuple(
        (
            load_release().instruments[each.instrument].title
            if each.instrument in load_release().instruments
            else each.instrument,
            day_words(each.answered_at),
            _("not answered in full") if each.value is None else f"{each.value:g}",
        )
        for each in found.scores
    )
    if not rows:
        return Words(_("No score is on record."), strong=True)
    return Table((_("Questionnaire"), _("Answered on"), _("Score")), rows, (5, 3, 3))


def _note(note: NoteThere) -> Iterable[Words]:
    yield Words(note_words(note), strong=True)
    for field, words in note.words.items():
        yield Words(f"{field.replace('_', ' ').capitalize()}: {words}")
