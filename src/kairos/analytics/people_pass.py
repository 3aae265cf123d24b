"""One row a person: birth, death, sex, confirmed lists, and when the record last speaks of them."""

from typing import Any

import ibis

from kairos.analytics.fact_days import Table
from kairos.domain.eligibility.life import CLINICAL
from kairos.domain.rules.case import list_of
from kairos.domain.rules.expression import Age, Operator
from kairos.vocab.facts import FactKind, OriginKind, Presence, Understanding
from kairos.vocab.quantities import Quantity

_IN_MONTH = 100


def people(facts: Table) -> Table:
    """Return everybody of whom there is a row, with what does not depend on any rule."""
    happened = facts.kind.isin(sorted(k.value for k in CLINICAL)) & (facts.status != "planned")
    everybody = facts.group_by("person").aggregate(
        name=facts["name"].arbitrary(),
        on=facts.on.max(),
        chosen=facts.chosen.max(),
        seen=facts["first"].max(where=happened),
    )
    row = everybody.left_join(_stated_of(facts), "person").drop("person_right")
    flags = {name: row[name].fill_null(False) for name in _FLAGS}
    return row.mutate(**flags)


_FLAGS = ("is_dead", "is_death_unclear", "is_life_unsure", "is_told_alive")


def _stated_of(facts: Table) -> Table:
    """Return by person what is on record of birth, death and sex, of those who have such a record."""
    facts = facts.filter(facts.concept.isin(["birth_date", "deceased", "sex"]))
    born = (facts.concept == "birth_date") & facts.value_from.notnull()
    died = facts.concept == "deceased"
    sex = (facts.concept == "sex") & (facts["first"] <= facts.on)
    death = died & (facts.presence == Presence.PRESENT.value)
    exact = facts.understanding == Understanding.EXACT.value
    begin, end = _day(facts.begin_first), _day(facts.begin_last)
    dead = death & exact & (begin.isnull() | (end <= facts.on) | ~facts.chosen)
    unclear = death & (~exact | (begin <= facts.on).fill_null(False))
    return facts.group_by("person").aggregate(
        born_least=facts.value_text.min(where=born),
        born_most=facts.value_text.max(where=born),
        born_first=facts.value_from.min(where=born),
        born_last=facts.value_until.max(where=born),
        is_dead=dead.fill_null(False).max(),
        is_death_unclear=unclear.max(),
        is_life_unsure=(died & (facts.presence == Presence.NOT_SURE.value)).max(),
        is_told_alive=(died & (facts.presence != Presence.NOT_SURE.value)).max(),
        sex_least=facts.value_text.fill_null("").min(where=sex),
        sex_most=facts.value_text.fill_null("").max(where=sex),
    )


def confirmed(entries: Table) -> Table:
    """Return by person when each list was confirmed as complete, and whether an entry was not understood."""
    is_list = (entries.origin == OriginKind.CONFIRMED_LIST.value) & (
        entries.presence == Presence.PRESENT.value
    )
    unread = (entries.concept == "") & (entries.understanding == Understanding.NOT_UNDERSTOOD.value)
    relevant = entries.filter(unread | (is_list & entries.concept.startswith("list.")))
    told = {
        f"list_{kind}": relevant["last"].max(where=relevant.concept == list_of(kind)) for kind in FactKind
    }
    missed = {
        f"unread_{kind}": ((relevant.concept == "") & (relevant.kind == kind.value)).max()
        for kind in FactKind
    }
    return relevant.group_by("person").aggregate(**told, **missed)


def list_denies(person: Table, kind: FactKind, fresh: float) -> Any:
    """Whether a confirmed list of this kind leaves something out: what nobody spoke of is denied by it."""
    told, unread = person[f"list_{kind}"], person[f"unread_{kind}"].fill_null(False)
    return ((person.on - told) <= fresh).fill_null(False) & ~unread


def has_died(person: Table) -> Any:
    """Return whether somebody has died as of the day; NULL where that is not known."""
    return ibis.cases(
        (person.is_dead, True),
        (person.is_death_unclear, ibis.null("boolean")),
        (person.is_life_unsure, ibis.null("boolean")),
        (person.is_told_alive, False),
        ((person.seen >= person.on).fill_null(False), False),
        else_=ibis.null("boolean"),
    )


def age_is(person: Table, age: Age, limit: Quantity) -> Any:
    """Return whether an age lies below a limit, or has reached it; NULL where the birth date is not clear."""
    least, most = _years(person.born_last, person.on), _years(person.born_first, person.on)
    shifted = ~person.chosen & (
        (_day(person.born_first) > person.on) | (person.seen > person.on).fill_null(False)
    )
    unknown = (
        person.born_least.isnull()
        | (person.born_least != person.born_most)
        | shifted
        | (_day(person.born_last) > person.on)
        | ((least < limit.value) & (most >= limit.value))
    )
    below = most < limit.value
    return unknown.ifelse(ibis.null("boolean"), below if age.operator is Operator.BELOW else ~below)


def not_male(person: Table, shown: Any) -> Any:
    """Return whether pregnancy can concern somebody; NULL where sex is not stated, or stated in two ways."""
    told = (person.sex_least == person.sex_most).fill_null(False)
    return ibis.cases(
        (shown, True),
        (told & (person.sex_least == "male"), False),
        (told & (person.sex_least == "female"), True),
        else_=ibis.null("boolean"),
    )


def _years(born: Any, on: Any) -> Any:
    """Return whole years from a birth date to a day, which is a number."""
    day = ibis.date(1970, 1, 1) + on.cast("int32").as_interval("D")
    before = (day.month() * _IN_MONTH + day.day()) < (born.month() * _IN_MONTH + born.day())
    return day.year() - born.year() - before.cast("int32")


def _day(column: Any) -> Any:
    return column.delta(ibis.date(1970, 1, 1), unit="day")
