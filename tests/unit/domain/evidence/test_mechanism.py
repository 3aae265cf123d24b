"""The map of how ketamine may work: what counts decides how far the chain goes, as documented."""

from itertools import combinations

import pytest

from kairos.content.release import load_release
from kairos.domain.evidence.grades import Grade
from kairos.domain.evidence.mechanism import Known, Pathway

MAP = load_release().mechanism["en"]
ALL_KNOWN, ALL_PATHWAYS = frozenset(Known), frozenset(Pathway)


def test_everything_counted_reaches_mood_and_the_chain_is_weak():
    assert MAP.reached(ALL_KNOWN, ALL_PATHWAYS) == frozenset(MAP.steps)
    assert MAP.weakest(ALL_KNOWN, ALL_PATHWAYS) is Grade.VERY_LOW


def test_by_what_was_seen_in_people_alone_no_chain_leads_to_mood():
    reached = MAP.reached({Known.HUMAN}, ALL_PATHWAYS)
    assert reached == {"ketamine", "metabolite", "altered"}
    assert MAP.weakest({Known.HUMAN}, ALL_PATHWAYS) is None


@pytest.mark.parametrize(
    ("pathway", "there", "not_there"),
    [
        (Pathway.INTERNEURON, {"brake", "glutamate", "ampa"}, {"main", "metabolite"}),
        (Pathway.DIRECT, {"main", "growth"}, {"brake", "glutamate", "ampa", "metabolite"}),
        (Pathway.METABOLITE, {"metabolite", "ampa"}, {"brake", "glutamate", "main"}),
    ],
)
def test_a_toggle_opens_its_own_way_and_no_other(pathway, there, not_there):
    reached = MAP.reached(ALL_KNOWN, {pathway})
    assert there <= reached
    assert not not_there & reached


def test_counting_more_never_reaches_less():
    for size in range(len(ALL_KNOWN)):
        for fewer in map(frozenset, combinations(Known, size)):
            assert MAP.reached(fewer, ALL_PATHWAYS) <= MAP.reached(ALL_KNOWN, ALL_PATHWAYS)
            assert MAP.reached(fewer, set()) <= MAP.reached(fewer, ALL_PATHWAYS)


def test_every_arrow_is_graded_sourced_and_contradicted():
    for arrow in MAP.arrows:
        assert arrow.sources
        assert arrow.against
        assert arrow.against_sources


def test_the_finding_that_human_bdnf_did_not_rise_is_shown():
    assert any("glue-2020" in arrow.against_sources and "BDNF" in arrow.against for arrow in MAP.arrows)
