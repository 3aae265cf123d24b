"""Push messages and other ways: encrypted and signed as the standards say, to named places only."""

import json

import pytest

from kairos.actions.send_outbox import CannotPost, Outgoing
from kairos.jobs.post import MESSAGES, post
from kairos.settings import push
from tests.support.post_boxes import Browser, standing_in

PATH = "/sessions/01/"


@pytest.fixture(autouse=True)
def open_ways(settings):
    settings.KAIROS_POSTS_NOWHERE = False
    settings.KAIROS_PUSH_SERVICES = ("127.0.0.1",)
    settings.KAIROS_POSTS_INSIDE = True
    settings.KAIROS_ADDRESS = "https://kairos.example"


def call(channel, address, secret=None):
    return Outgoing(channel, address, "en", "message.alarm_call", PATH, secret)


def test_a_push_message_is_read_by_its_browser_alone_and_signed_by_this_installation(settings):
    browser = Browser()
    with standing_in() as box:
        post(call("push", box.address, browser.secret))
        ((headers, body),) = box.came
        assert browser.read(body) == {
            "title": "You are called",
            "body": "You are called now. Open it and answer: If you do not answer, somebody else is called.",
            "path": PATH,
        }
        assert b"called" not in body
        assert (headers["content-encoding"], headers["urgency"], headers["ttl"]) == (
            "aes128gcm",
            "high",
            "600",
        )
        signer = box.signer()
    assert signer["key"] == settings.KAIROS_PUSH_PUBLIC_KEY
    assert signer["sub"] == f"mailto:{settings.DEFAULT_FROM_EMAIL}"


@pytest.mark.parametrize("status", [404, 410, 500])
def test_a_push_service_that_does_not_take_it_is_tried_again(status):
    with standing_in(status) as box, pytest.raises(CannotPost, match="did not take it"):
        post(call("push", box.address, Browser().secret))


def test_a_push_message_leaves_for_named_services_and_known_browsers_only(settings):
    with pytest.raises(CannotPost, match="keys are not known"):
        post(call("push", "http://127.0.0.1/x"))
    settings.KAIROS_PUSH_SERVICES = push.PUSH_SERVICES
    for address in ("https://127.0.0.1/x", "https://push.apple.com.example.org/x", "not an address"):
        with pytest.raises(CannotPost, match="no push service"):
            post(call("push", address, Browser().secret))


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")
def test_another_service_is_told_by_its_address():
    with standing_in(200) as box:
        post(call("other", box.address.replace("http://", "json://")))
        ((_, body),) = box.came
    told = json.loads(body)
    assert told["title"] == "You are called"
    assert f"https://kairos.example{PATH}" in told["message"]


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")
def test_another_service_is_not_told_within_our_own_network_unless_allowed(settings):
    with pytest.raises(CannotPost, match="no kind of address"):
        post(call("other", "nothing://127.0.0.1/x"))
    with standing_in(500) as box, pytest.raises(CannotPost, match="did not take it"):
        post(call("other", box.address.replace("http://", "json://")))
    settings.KAIROS_POSTS_INSIDE = False
    with standing_in(200) as box:
        with pytest.raises(CannotPost, match="our own network"):
            post(call("other", box.address.replace("http://", "json://")))
        assert box.came == []


def test_in_the_demonstration_every_way_ends_in_the_file(settings, tmp_path):
    settings.KAIROS_POSTS_TO_FILE, settings.KAIROS_HOME = True, tmp_path
    for channel in ("push", "other", "mail"):
        post(call(channel, "somewhere"))
    lines = (tmp_path / MESSAGES).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["by"] for line in lines] == ["push", "other", "mail"]


def test_the_key_of_push_messages_stands_with_the_master_key_and_hosts_are_named_by_the_environment():
    first, again = (push.by_master_key("master", {}) for _ in "12")
    assert first == again
    assert first["KAIROS_PUSH_PUBLIC_KEY"] != push.by_master_key("other", {})["KAIROS_PUSH_PUBLIC_KEY"]
    given = {"KAIROS_PUSH_SERVICES": "push.example.org, ", "KAIROS_POSTS_INSIDE": "1"}
    told = push.by_master_key("master", given)
    assert (told["KAIROS_PUSH_SERVICES"], told["KAIROS_POSTS_INSIDE"]) == (("push.example.org",), True)
