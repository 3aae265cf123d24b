"""The decision aid: anyone reads it, nothing is kept, every number is a registered one."""

import re
from datetime import date

import pytest
from django.utils.html import escape

from kairos.content.claim_reader import load_claim_reader
from kairos.content.release import load_release
from kairos.domain.evidence.decision_aid import Leaning, MomentKind, Tone
from kairos.domain.evidence.figures import Count
from kairos.domain.evidence.readable import TextForm
from kairos.web.public.aid.icon_array import IconArray
from kairos.web.public.aid.shown import STEPS, AidReader

pytestmark = pytest.mark.django_db

READ = [step.slug for step in STEPS if step.slug]


@pytest.fixture
def page(client):
    """Return the words of a step, as a stranger gets it."""

    def read(slug):
        reply = client.get(f"/aid/{slug}/")
        assert reply.status_code == 200
        return reply.content.decode()

    return read


def test_a_stranger_begins_at_the_log_in(client):
    assert 'href="/aid/"' in client.get("/log-in/").content.decode()
    assert client.get("/aid/")["Location"] == "/aid/what-is-it/"
    assert client.get("/aid/another/").status_code == 404


@pytest.mark.parametrize("slug", [*READ, "sheet"])
def test_each_step_says_where_it_stands_and_puts_forward_no_claim_that_does_not_hold(page, slug):
    words = page(slug)
    assert "Nothing you press is kept" in words
    assert words.count('aria-current="step"') == 1
    assert "/help/" in words
    said = [myth.says for myth in load_release().aid["en"].myths] if slug == "what-people-say" else []
    faults = load_claim_reader().faults(words, TextForm.HTML)
    assert [f.sentence for f in faults if not any(says in f.sentence for says in said)] == []


def test_each_use_says_how_sure_anyone_is_of_each_way(page):
    words, aid = page("could-it-help"), load_release().aid["en"]
    assert words.count('class="known"') == 7 * len(aid.ways)
    assert words.count('class="grade"') >= 7 * len(aid.ways)
    assert "lasting pain" in words.lower()


def test_the_rules_in_plain_words_by_what_they_do(page):
    words = page("what-could-rule-me-out")
    rules_out, not_yet, looked_at = (
        words.index(f'id="group-{name}"') for name in ("absolute", "defer", "relative")
    )
    assert rules_out < words.index("A weak or malformed blood vessel") < not_yet
    assert not_yet < words.index("An untreated overactive thyroid") < looked_at
    assert looked_at < words.index("Fits that treatment")
    assert "prescriber&#x27;s licence" not in words
    assert words.count("Depression that treatment has not helped") == 1


def test_the_ways_side_by_side_with_their_figures_and_the_other_next_steps(page):
    words, release = page("compare-the-ways"), load_release()
    for way in release.aid["en"].ways:
        assert words.count(f'data-r="{way.name}"') == 3 + len(release.aid["en"].rows)
    assert release.figures["trial.iv"].states in words and "28 of 100" in words
    assert "Electroconvulsive therapy" in words and "Talking therapy" in words
    assert "{" not in re.sub(r"<script.*?</script>|hx-headers='[^']*'|content='[^']*'", "", words)


def test_only_the_ways_that_were_chosen_are_compared(client):
    def compared(query):
        words = client.get(f"/aid/compare-the-ways/{query}").content.decode()
        return re.findall(r'<th scope="col">([^<]+)</th>', words)

    ways = {way.id: way.name for way in load_release().aid["en"].ways}
    assert compared("?way=esketamine&way=iv") == [
        name for key, name in ways.items() if key in ("iv", "esketamine")
    ]
    assert compared("") == compared("?way=none-of-them") == list(ways.values())


def test_side_effects_are_drawn_as_a_hundred_people(page):
    words = page("side-effects")
    assert words.count('class="arr"') == 9
    assert "Feeling sick: of 100 people, 11 would have it anyway, 18 more because of the medicine" in words
    assert "how many would have had it anyway is not known" in words


def test_a_picture_of_a_count():
    compared = IconArray.of(Count("Dizzy", 25, 9, "a dummy", "some"))
    assert [dot.look for dot in compared.dots].count("any") == 9
    assert [dot.look for dot in compared.dots].count("ext") == 16
    assert len(compared.dots) == 100
    alone = IconArray.of(Count("Dizzy", 25, None, "", "some"))
    assert alone.label == "Dizzy: of 100 people, 25 have it, 75 do not have it"
    assert not alone.compares
    assert [dot.look for dot in alone.dots].count("had") == 25


def test_the_sheet_holds_what_was_ticked_and_nothing_else(client):
    given = {"use": "ptsd", "matters": ["cost"], "ask": ["q_storage", "nobody"], "own": " Is <b> it? "}
    words = client.post("/aid/sheet/", given).content.decode()
    assert "I have to know what all of it costs" in words
    assert "how is it stored and counted" in words
    assert "Is &lt;b&gt; it?" in words
    assert "post-traumatic stress" in words
    assert "Who makes it" not in words


def test_a_sheet_with_nothing_ticked_says_so(client, page):
    assert "Nothing is ticked yet" in page("sheet")
    assert "Nothing is ticked yet" in client.post("/aid/sheet/", {"use": "everything"}).content.decode()


def test_a_claim_that_should_have_been_checked_again_says_so(monkeypatch, page):
    assert "should have been checked again" not in page("what-is-it")
    release = load_release()
    late = AidReader(release, release.aid["en"], date(2031, 1, 1))
    monkeypatch.setattr(AidReader, "now", classmethod(lambda cls: late))
    assert "should have been checked again" in page("what-is-it")


def test_an_unknown_language_reads_english(client):
    assert "What is it" in client.get("/aid/what-is-it/", headers={"accept-language": "xh"}).content.decode()


def test_accounts_of_each_kind_have_the_same_room(page):
    words, aid = page("what-a-session-is-like"), load_release().aid["en"]
    assert words.index("Pleasant") < words.index("Neither good nor bad") < words.index("Difficult")
    assert len({sum(a.tone is tone for a in aid.accounts) for tone in Tone}) == 1
    assert "nobody&#x27;s own words" in words or "nobody's own words" in words


def test_how_long_it_lasts_is_drawn_told_and_named(page):
    words, release = page("how-long-it-lasts"), load_release()
    for name in release.aid["en"].fading:
        course = release.figures[name].course
        assert course.people in words
        assert f"by day {course.half_gone_by.day:g}" in words
    assert words.count("<svg") >= 2


@pytest.mark.parametrize("way", [way.id for way in load_release().aid["en"].ways])
def test_the_timeline_goes_from_the_dose_to_half_a_year_by_each_way(client, way):
    words = client.get("/aid/how-long-it-lasts/", {"way": way}).content.decode()
    moments = [m for m in load_release().aid["en"].moments if way in m.ways]
    assert words.count('<li class="body">') == sum(m.kind is MomentKind.BODY for m in moments) >= 3
    assert "Month 6 and later" in words
    assert f'href="?way={way}#timeline" aria-current="true"' in words


def test_every_saying_is_answered_from_two_sources_or_more(page):
    words, release = page("what-people-say"), load_release()
    assert {myth.leans for myth in release.aid["en"].myths} == set(Leaning)
    for myth in release.aid["en"].myths:
        assert escape(myth.says) in words
        assert len({source for claim in myth.claims for source in release.claims[claim].sources}) >= 2


def test_the_sum_counts_what_was_filled_in_and_says_what_is_missing(client):
    given = {"price": "600", "first_visits": "6", "insurer": "0", "later_a_month": "1"}
    words = client.post("/aid/what-it-costs/", given).content.decode()
    assert "3,600" in words
    assert "10,800" in words
    assert "25,200" in words
    assert words.count("or more: something is missing") == 3


def test_a_number_that_cannot_be_is_refused_beside_its_field(client):
    words = client.post("/aid/what-it-costs/", {"price": "-5", "insurer": "120"}).content.decode()
    assert 'aria-invalid="true"' in words
    assert "What it comes to" not in words
