"""What a medical director must look at before signing, and what may be set."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kairos.domain.evidence.citations import Basis, Certainty
from kairos.domain.evidence.parameters import AllowedRange, ParameterBook, ParameterValue
from kairos.domain.evidence.review import (
    ParameterDecision,
    ReleaseReview,
    allows,
    first_day_anywhere,
    own_value,
    review_items,
)
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.quantities import ONE, Quantity

DAY = date(2026, 6, 1)
LEAST = ParameterValue(
    "course.least", Quantity(2.0, "d"), date(2026, 1, 1), ("own",), Basis.DEFAULT, Certainty.DEFAULT
)
MOST = replace(LEAST, id="course.most", quantity=Quantity(21.0, "d"), range=AllowedRange(14.0, 28.0))
LABEL = replace(LEAST, id="label.hold", basis=Basis.LABEL, certainty=Certainty.VERIFIED)


def book(*values):
    return ParameterBook({value.id: (value,) for value in values})


def items(offered, signed=None, **own):
    found = review_items(offered, signed, {n.replace("_", "."): q for n, q in own.items()}, on=DAY)
    return {item.id: item for item in found}


def review(found, *decisions, **more):
    given = {"version": "b", "signed_version": "a", "is_signed": True} | more
    return ReleaseReview(items=tuple(found.values()), decided={d.parameter: d for d in decisions}, **given)


def test_before_the_first_signature_every_value_of_people_is_to_be_reviewed():
    found = items(book(LEAST, MOST, LABEL))
    assert [name for name, item in found.items() if item.wants_decision] == ["course.least", "course.most"]


def test_later_only_what_changed():
    newer = replace(MOST, quantity=Quantity(20.0, "d"))
    found = items(book(LEAST, newer, LABEL), book(LEAST, MOST, LABEL))
    assert [name for name, item in found.items() if item.wants_decision] == ["course.most"]
    assert found["course.most"].signed == MOST


def test_a_value_that_begins_later_is_shown_before_it_begins():
    later = replace(LEAST, from_day=date(2027, 1, 1))
    assert items(book(later))["course.least"].offered == later


def test_an_own_value_outside_a_narrower_range_is_asked_again():
    own = {"course_most": Quantity(28.0, "d")}
    narrower = replace(MOST, range=AllowedRange(14.0, 21.0))
    assert not items(book(MOST), book(MOST), **own)["course.most"].wants_decision
    label = replace(MOST, basis=Basis.LABEL, range=None)
    for offered in (narrower, label, replace(MOST, quantity=Quantity(3.0, "wk"))):
        assert items(book(offered), book(offered), **own)["course.most"].wants_decision


@pytest.mark.parametrize(("value", "inside"), [(14, True), (28, True), (13.9, False), (28.1, False)])
def test_both_ends_of_a_range_may_be_chosen(value, inside):
    assert allows(MOST, Quantity(value, "d")) is inside


def test_a_refusal_names_value_unit_range_and_what_to_do():
    with pytest.raises(InvalidInput) as refused:
        own_value(MOST, 40, " ")
    outside, reason = refused.value.problems
    assert outside.field == "course.most"
    assert outside.message == ("40 d is outside 14 to 28 d; choose a value inside, or keep the released one")
    assert (reason.field, reason.message) == (
        "course.most.reason",
        "is empty; say why this programme differs",
    )
    bare = replace(MOST, quantity=Quantity(21.0, ONE))
    with pytest.raises(InvalidInput, match="40 is outside 14 to 28;"):
        own_value(bare, 40, "why")


def test_where_there_is_no_choice_it_says_why():
    with pytest.raises(InvalidInput, match="3 d cannot be set: the released value rests on a label"):
        own_value(LABEL, 3, "why")
    with pytest.raises(InvalidInput, match="the release states no range for it"):
        own_value(LEAST, 3, "why")
    assert own_value(MOST, 20, "closer together here") == Quantity(20, "d")


def test_only_what_was_decided_changes_and_giving_back_is_a_change():
    found = items(book(LEAST, MOST), book(LEAST, MOST), course_most=Quantity(28.0, "d"))
    assert review(found).changed_own == {}
    same = ParameterDecision("course.most", 28.0, "why")
    assert review(found, same, ParameterDecision("course.least")).changed_own == {}
    assert review(found, ParameterDecision("course.most")).changed_own == {"course.most": None}
    lower = review(found, ParameterDecision("course.most", 20.0, "why"))
    assert lower.changed_own == {"course.most": Quantity(20.0, "d")}


def test_signing_waits_until_everything_was_looked_at():
    found = items(book(LEAST, MOST))
    begun = review(found, ParameterDecision("course.least"), signed_version="", is_signed=False)
    with pytest.raises(NotAllowed, match=r"1 of 2 values are not reviewed yet \(course.most\)"):
        begun.check_ready(begun.fingerprint)
    done = replace(begun, decided=begun.decided | {"course.most": ParameterDecision("course.most")})
    with pytest.raises(NotAllowed, match="has changed since"):
        done.check_ready(begun.fingerprint)
    done.check_ready(done.fingerprint)


def test_a_wish_is_the_decision_or_what_stands():
    found = items(book(LEAST, MOST), course_most=Quantity(28.0, "d"))
    assert review(found).wished(found["course.most"]) == Quantity(28.0, "d")
    assert review(found).wished(found["course.least"]) is None


def test_what_is_signed_needs_no_second_signature():
    found = items(book(MOST), book(MOST))
    again = review(found, version="a")
    with pytest.raises(NotAllowed, match="signed already"):
        again.check_ready(again.fingerprint)
    assert replace(again, is_signed=False).is_needed
    assert review(found).is_needed
    assert review(found, ParameterDecision("course.most", 20.0, "why"), version="a").is_needed


@pytest.mark.parametrize(("hour", "day"), [(11, 1), (12, 2)])
def test_a_signed_value_holds_from_the_earliest_day_anywhere(hour, day):
    assert first_day_anywhere(datetime(2026, 6, 2, hour, tzinfo=UTC)) == date(2026, 6, day)
