"""The scorecard: anyone fills it in; the score, the red flags and what is still to ask; nothing is kept."""

import pytest

from kairos.content.release import load_release

pytestmark = pytest.mark.django_db


def test_what_somebody_found_out_is_added_up_and_kept_nowhere(client):
    items = load_release().scorecard["en"]
    page = client.get("/choosing/").content.decode()
    assert all(f'name="{item.id}"' in page for item in items)
    assert 'id="result"' not in page
    said = {item.id: "no" if item.is_red_flag else "yes" for item in items}
    told = client.post("/choosing/", said | {"provider": "A <b> clinic", "watched": "no", "promised": "yes"})
    words = told.content.decode()
    assert "A &lt;b&gt; clinic" in words
    of = sum(not item.is_red_flag for item in items)
    assert f"{of - 1} of {of} in place" in words
    assert "These should make you stop" in words
    assert "Still to ask" not in words
    again = client.post("/choosing/", said | {"watched": "no", "promised": "yes"}).content.decode()
    assert f"{of - 1} of {of} in place" in again
    assert "Everything is in place as far as you know" in client.post("/choosing/", said).content.decode()
    odd = client.post("/choosing/", {"watched": "perhaps", "consent": "yes"}).content.decode()
    assert "Still to ask" in odd
