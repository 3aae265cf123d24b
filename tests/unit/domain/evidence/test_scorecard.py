"""The scorecard: the same answers give the same score, and what nobody asked is never in place."""

from hypothesis import given
from hypothesis import strategies as st

from kairos.content.release import load_release
from kairos.domain.evidence.scorecard import Said, score

ITEMS = load_release().scorecard["en"]
WANTED = [item.id for item in ITEMS if not item.is_red_flag]
FLAGS = [item.id for item in ITEMS if item.is_red_flag]
GOOD = {name: Said.YES for name in WANTED} | {name: Said.NO for name in FLAGS}
ANSWERS = st.dictionaries(st.sampled_from([*WANTED, *FLAGS]), st.sampled_from(list(Said)), max_size=6)


def test_everything_in_place():
    scored = score(ITEMS, GOOD)
    assert (scored.good, scored.of, scored.missing, scored.red_flags) == (len(WANTED), len(WANTED), (), ())
    assert scored.is_complete


def test_nothing_asked_is_nothing_in_place():
    scored = score(ITEMS, {})
    assert (scored.good, scored.red_flags) == (0, ())
    assert {item.id for item in scored.to_ask} == {*WANTED, *FLAGS}
    assert not scored.is_complete


def test_the_red_flags_that_were_asked_for_are_there():
    """No screening, no monitor, guaranteed results, refills by themselves (S-152)."""
    assert {"no_screening", "no_monitor", "promised", "refill"} <= set(FLAGS)
    scored = score(ITEMS, GOOD | {"promised": Said.YES})
    assert [item.id for item in scored.red_flags] == ["promised"]
    assert scored.good == len(WANTED)


def test_what_is_not_in_place_is_named():
    assert [item.id for item in score(ITEMS, GOOD | {"watched": Said.NO}).missing] == ["watched"]


@given(ANSWERS)
def test_the_order_of_the_answers_does_not_matter(answers):
    turned = dict(reversed(answers.items()))
    assert score(ITEMS, answers) == score(ITEMS, turned)


@given(ANSWERS, st.sampled_from(WANTED))
def test_finding_something_missing_never_helps(answers, item):
    assert score(ITEMS, answers | {item: Said.NO}).good <= score(ITEMS, answers).good
