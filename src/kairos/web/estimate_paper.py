"""A good-faith estimate as a document: who, what is expected and when, at which price, and one's rights."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kairos.content.release import load_release
from kairos.domain.evidence.estimate import Estimate, EstimateLine
from kairos.domain.evidence.price_list import Provider
from kairos.domain.evidence.texts import Audience
from kairos.domain.protocols.limits import LimitsInForce
from kairos.interop.paper.document import Document, Sheet, Table, Words
from kairos.queries.estimates import EstimatePage
from kairos.vocab.quantities import DAY, ONE
from kairos.web.design.dates import dated
from kairos.web.languages import spoken_release
from kairos.web.public.cost.words import item_words, money

_DAY = "j F Y"


def estimate_document(page: EstimatePage, found: Estimate, *, on: date, diagnosis: str = "") -> Document:
    """Return the estimate of a planned course, as of a day."""
    footer = _("{programme}, made on {on}. Price list version {version}.").format(
        programme=page.programme, on=dated(on, _DAY), version=found.prices.version
    )
    parts: list[Words | Table] = [*_whom(page, diagnosis), *_provider(page, found.prices.provider)]
    parts += [_table(found), *_sum(found), *(Words(words) for words in rights(on))]
    return Document(
        title=_("Good-faith estimate"),
        language=get_language() or "en",
        author=page.programme,
        footer=footer,
        sheets=(Sheet(_("Good-faith estimate"), tuple(parts)),),
    )


def _whom(page: EstimatePage, diagnosis: str) -> Iterable[Words]:
    born = str(page.identity.born_on or _("not on record"))
    yield Words(_("For {name}, born {born}.").format(name=page.identity.shown_name, born=born), strong=True)
    yield Words(_("Diagnosis code: {code}.").format(code=diagnosis or _("not told; ask the clinic")))


def _provider(page: EstimatePage, provider: Provider) -> Iterable[Words]:
    unknown = _("not told")
    yield Words(
        _("By {name}. Where: {sites}. Address: {address}.").format(
            name=provider.name or page.programme,
            sites=", ".join(page.sites) or unknown,
            address=provider.address or unknown,
        )
    )
    yield Words(
        _("National provider number: {npi}. Tax number: {tin}.").format(
            npi=provider.national_number or unknown, tin=provider.tax_number or unknown
        )
    )


def _table(found: Estimate) -> Table:
    header = (_("What is expected"), _("When"), _("Code"), _("Price"), _("How often"), _("Comes to"))
    rows = tuple(_row(line, found.prices.currency) for line in found.lines)
    return Table(header, rows, (5, 4, 2, 2, 2, 2), heading=_("What is expected"))


def _row(line: EstimateLine, currency: str) -> tuple[str, ...]:
    days = [dated(timezone.localtime(at), _DAY) for at in line.expected.at]
    when = days[0] if len(days) == 1 else _("{first} to {last}").format(first=days[0], last=days[-1])
    told = line.price
    return (
        ", ".join(part for part in (item_words(line.expected.item), told.includes if told else "") if part),
        when,
        (told.code if told else "") or _("not told"),
        money(told.amount if told else None, currency),
        str(line.count),
        money(line.amount, currency),
    )


def _sum(found: Estimate) -> Iterable[Words]:
    total = money(found.known, found.prices.currency)
    yield Words(_("All together: {total}.").format(total=total), strong=True)
    if not found.is_whole:
        yield Words(_("Something has no price on the list: the sum is not whole."), strong=True)


def rights(on: date) -> Iterable[str]:
    """Yield what an estimate says of itself, and where a law gives one, of the right to dispute a bill."""
    limits = LimitsInForce(load_release().parameters, on)
    for message in ("estimate.what", "estimate.more", "estimate.open_end"):
        yield _text(message)
    if settings.KAIROS_COUNTRY == "US":
        dollars = limits.quantity("estimate.us_dispute_from").value_in(ONE)
        days = limits.quantity("estimate.us_dispute_within").value_in(DAY)
        yield _text("estimate.dispute_us").format(dollars=f"{dollars:g}", days=f"{days:g}")


def _text(message: str) -> str:
    return spoken_release().texts.template(message, audience=Audience.PATIENT)
