"""How ketamine may work: anyone reads it, and what they count changes how far the chain goes."""

import pytest

from kairos.content.release import load_release

pytestmark = pytest.mark.django_db


def read(client, **chosen):
    """Return the page as a stranger gets it."""
    reply = client.get("/learn/mechanism/", chosen)
    assert reply.status_code == 200
    return reply.content.decode()


def test_every_arrow_is_told_with_what_speaks_against_it(client):
    words, read_map = read(client), load_release().mechanism["en"]
    assert words.count("Against it:") == len(read_map.arrows)
    assert "Nobody knows for certain" in words
    assert "a chain leads to mood" in words


def test_what_was_seen_in_people_alone_leads_no_chain_to_mood(client):
    words = read(client, chosen="1", known="human", pathway=["interneuron", "direct", "metabolite"])
    assert "no chain leads to mood" in words
    assert 'class="step out"' in words


def test_a_choice_that_is_none_is_refused(client):
    assert client.get("/learn/mechanism/", {"chosen": "1", "known": "felt"}).status_code == 400
