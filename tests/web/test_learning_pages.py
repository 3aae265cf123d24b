"""The page about routes: open to anyone, one amount by each route, and what is not known."""

import pytest

from tests.support.drawings import parsed

pytestmark = pytest.mark.django_db
PAGE = "/learn/routes/"


def test_a_stranger_sees_the_usual_routes_and_what_is_not_known(client):
    page = client.get(PAGE)
    said = page.content.decode()
    assert page.status_code == 200
    assert "35 mg by each route" in said
    assert "This page is for learning" in said
    assert said.count("<li>") >= 6
    assert "style=" not in said


def test_what_is_chosen_is_drawn(client):
    query = f"{PAGE}?route=oral&route=nasal&hours=8"
    page = client.get(query).content.decode()
    part = page[page.index('<div id="routes-picture"') :]
    svg = parsed(part[part.index("<svg") : part.index("</svg>") + 6])
    assert {each.get("class") for each in svg.iter("path")} >= {
        "typical s3",
        "typical s5",
        "sim s3",
        "sim s5",
    }
    assert "Into a vein" in page


@pytest.mark.parametrize("query", ["hours=4", "hours=900&route=iv", "hours=4&route=inhaled"])
def test_what_cannot_be_drawn_is_said_and_the_usual_is_shown(client, query):
    page = client.get(f"{PAGE}?{query}")
    assert page.status_code == 400
    assert "Under the tongue" in page.content.decode()
