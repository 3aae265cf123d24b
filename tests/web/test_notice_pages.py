"""The page on which people say how they are reached."""

import re

import pytest
from django.urls import reverse

from kairos.store.ids import new_id
from kairos.vocab.people import Role
from tests.web.test_session_pages import client_of, floor_now, get

pytestmark = pytest.mark.django_db
ADDRESS = "https://updates.push.services.mozilla.com/wpush/abc"


def test_ways_are_added_shown_without_their_secrets_and_ended():
    floor = floor_now()
    client = client_of(floor, Role.NURSE)
    assert "How you are reached" in get(client, "account_me")
    assert "None yet" in get(client, "account_notices")

    def post(channel, address, **more):
        given = {"command_id": str(new_id()), "channel": channel, "address": address, "is_private": "on"}
        return client.post(reverse("account_notices"), given | more)

    assert post("push", ADDRESS, p256dh="k", auth="a").status_code == 302
    assert post("mail", "bo@example.org").status_code == 302
    assert post("other", "ntfys://secret@push.example.org/topic").status_code == 302
    page = get(client, "account_notices")
    assert "bo@example.org" in page
    assert "wpush" not in page
    assert "secret" not in page.split("Another service")[1].split("</li>")[0]
    for channel, address, said in (
        ("mail", "bo", "not an address of e-mail"),
        ("push", ADDRESS, "this browser gave no address"),
        ("other", "dbus://", "acts on the server itself"),
    ):
        refused = post(channel, address)
        assert refused.status_code == 400
        assert said in refused.content.decode()
    refused = post("mail", "bo@example.org", is_private="")
    assert "Choose a way that nobody else reads" in refused.content.decode()
    way_id = re.findall(r"/account/notices/([0-9a-f-]{36})/end/", page)[0]
    ended = client.post(reverse("account_notice_end", args=[way_id]), {"command_id": str(new_id())})
    assert ended.status_code == 302
    assert get(client, "account_notices").count("/end/") == page.count("/end/") - 1
