"""From versions in the database to rules and numbers: packed files, own values, what cannot be read."""

import zlib
from dataclasses import dataclass
from datetime import date

import pytest

from kairos.content.in_force import (
    OWN_VALUE_SOURCE,
    built_release,
    completed,
    in_force,
    release_of,
    shipped_content,
)
from kairos.content.loader import ContentFile, ContentSource, read_source
from kairos.content.packing import pack, registration_id, unpack
from kairos.content.release import load_release
from kairos.content.review_of_release import own_on, review_of_release
from kairos.domain.evidence.citations import Basis
from kairos.vocab.errors import NotInForce
from kairos.vocab.quantities import Quantity
from tests.support.content import LOWER_SYSTOLIC, SYSTOLIC, changed_source

ON = date(2026, 6, 1)


@dataclass(frozen=True)
class Kept:
    """A value as the store keeps it."""

    value: float | None
    in_force_from: date = ON
    parameter: str = SYSTOLIC
    unit: str = "mm[Hg]"


def value_on(content, day=ON):
    return content.parameters.entry(SYSTOLIC, on=day)


def laid_over(*own, release=None):
    return in_force(release or load_release(), own, overlay_version="x")


def test_packed_files_are_named_by_their_hash():
    source = read_source()
    assert unpack(pack(source), source.version) == source
    assert registration_id("a") == registration_id("a") != registration_id("b")


@pytest.mark.parametrize(
    "packed", [b"", zlib.compress(b"no end"), pack(ContentSource((ContentFile("a", b"b"),)))]
)
def test_other_bytes_are_not_taken_for_a_release(packed):
    with pytest.raises(NotInForce, match="restore them from a backup"):
        unpack(packed, "0" * 64)


def test_the_shipped_release_is_not_built_again():
    shipped = load_release()
    for version in ("", shipped.version):
        assert release_of(version, lambda _: pytest.fail("asked for files")) is shipped
    assert built_release("unheard of") is shipped
    assert completed(shipped_content()) == shipped_content()


def test_another_release_is_built_from_its_files_once():
    source = changed_source(*LOWER_SYSTOLIC[:2], LOWER_SYSTOLIC[2].replace("155", "151"))
    asked = []
    found = [release_of(source.version, lambda v: asked.append(v) or pack(source)) for _ in "12"]
    assert found[0] is found[1] is built_release(source.version)
    assert asked == [source.version]
    assert found[0].parameters.quantity(SYSTOLIC, on=ON).value == 151


def test_what_nobody_kept_or_nobody_can_read_is_not_in_force():
    with pytest.raises(NotInForce, match="is not kept here"):
        release_of("f" * 64, lambda _: None)
    odd = changed_source(LOWER_SYSTOLIC[0], LOWER_SYSTOLIC[1], "{value: much, source: cite:kairos-default,")
    with pytest.raises(NotInForce, match="written for another version of the program"):
        release_of(odd.version, lambda _: pack(odd))


def test_an_own_value_holds_from_its_day_and_says_whose_it_is():
    content = laid_over(Kept(150))
    assert value_on(content, date(2026, 5, 31)).quantity == Quantity(160, "mm[Hg]")
    own = value_on(content)
    assert own.quantity == Quantity(150, "mm[Hg]")
    assert (own.sources, own.basis) == ((OWN_VALUE_SOURCE,), Basis.CONSENSUS)
    assert own.description == value_on(shipped_content()).description
    assert content.overlay_version == "x"
    assert OWN_VALUE_SOURCE in content.release.citations


def test_an_own_value_that_is_given_back_leaves_the_released_one():
    content = laid_over(Kept(150), Kept(None, date(2026, 7, 1)))
    assert value_on(content).quantity.value == 150
    assert value_on(content, date(2026, 7, 1)).quantity.value == 160
    assert value_on(content, date(2026, 7, 1)).basis is Basis.DEFAULT


def test_a_value_given_back_lets_later_released_ones_come():
    later = changed_source(
        LOWER_SYSTOLIC[0],
        "    2026-01-01: {value: 160, source: cite:kairos-default, basis: default, certainty: default,",
        "    2027-01-01: {value: 150, source: cite:kairos-default, basis: default, certainty: default,"
        " range: {low: 140, high: 160}}\n"
        "    2026-01-01: {value: 160, source: cite:kairos-default, basis: default, certainty: default,",
    )
    release = release_of(later.version, lambda _: pack(later))
    content = laid_over(Kept(145), Kept(None, date(2026, 7, 1)), release=release)
    assert [value_on(content, date(y, 8, 1)).quantity.value for y in (2026, 2027)] == [160, 150]


def test_values_of_parameters_or_units_that_are_gone_are_left_out():
    content = laid_over(Kept(3, parameter="gone.for_good"), Kept(20, unit="kPa"))
    assert content.parameters is laid_over(Kept(3, parameter="gone.for_good")).parameters
    assert value_on(content).quantity.value == 160


def test_a_running_session_gets_from_the_shipped_release_only_what_its_own_did_not_have():
    older = changed_source(LOWER_SYSTOLIC[0], f"{SYSTOLIC}:\n", "predose.systolic_of_old:\n")
    content = laid_over(release=release_of(older.version, lambda _: pack(older)))
    with pytest.raises(NotInForce):
        value_on(content)
    whole = completed(content)
    assert value_on(whole).quantity.value == 160
    assert set(whole.parameters) == {*load_release().parameters, "predose.systolic_of_old"}
    assert whole.version == older.version


def test_the_review_says_what_is_gone_and_what_is_own():
    source = changed_source(*LOWER_SYSTOLIC)
    offered = release_of(source.version, lambda _: pack(source))
    common = {"signed_version": "", "is_signed": False, "decided": {}, "on": ON}
    values = (Kept(150), Kept(None, date(2026, 7, 1)), Kept(140, date(2026, 8, 1)))
    later = review_of_release(offered, load_release(), own=values, **common)
    assert [item.id for item in later.items if item.is_new] == [SYSTOLIC]
    assert later.gone == ()
    assert own_on(values, ON) == {SYSTOLIC: Quantity(150, "mm[Hg]")}
    assert own_on(values, date(2026, 7, 2)) == {}
    first = review_of_release(offered, None, own=(), **common)
    assert len(first.left) > 1
