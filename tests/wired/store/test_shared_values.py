"""What all processes remember for a while: the same from every connection, and the log-in limits on it."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from kairos.store.repositories import shared_values
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import make_clinic
from tests.support.workers import at_once


@pytest.mark.django_db
def test_a_value_is_kept_found_and_forgotten() -> None:
    assert cache.get("some", "nothing") == "nothing"
    cache.set("some", [1.5, "two"], 60)
    cache.set("for good", None, None)
    assert (cache.get("some"), cache.get("for good", "nothing")) == ([1.5, "two"], None)
    cache.set("some", 3)
    assert cache.get("some") == 3
    assert cache.touch("some", 60)
    assert cache.delete("some")
    assert not cache.delete("some")
    assert "some" not in cache
    cache.clear()
    assert cache.get("for good", "nothing") == "nothing"


@pytest.mark.django_db
def test_what_ran_out_is_not_there_and_makes_room() -> None:
    shared_values.put("short", "old", seconds=-1)
    assert shared_values.read("short") is None
    assert not shared_values.extend("short", seconds=60)
    assert not shared_values.forget("short")
    assert shared_values.add("short", "new", seconds=60)
    assert not shared_values.add("short", "newer", seconds=60)
    assert shared_values.extend("short", seconds=-1)
    assert shared_values.read("short") is None
    shared_values.put("other", 1, seconds=60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM store_sharedvalue")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_no_address_or_name_stands_in_the_table() -> None:
    cache.set("limit:198.51.100.7:someone", 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(key, 'escape') FROM store_sharedvalue")
        assert "someone" not in cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_of_several_connections_at_once_one_is_first() -> None:
    told = at_once(4, lambda: cache.add("the lock", True, 60))
    assert sorted(told) == [False, False, False, True]
    assert at_once(2, lambda: cache.get("the lock")) == [True, True]


@pytest.mark.django_db(transaction=True)
def test_wrong_log_ins_are_counted_over_all_connections() -> None:
    """Ten tries by one name and one address, each over a connection of its own, are two limits' worth."""
    nurse = make_login(make_clinic(), Role.NURSE)

    def fail() -> str:
        page = Client().post("/log-in/", {"login": nurse.username, "password": "wrong"})
        return page.content.decode()

    for _ in range(5):
        at_once(2, fail)
    refused = at_once(1, lambda: Client().post("/log-in/", {"login": nurse.username, "password": PASSWORD}))
    assert refused[0].status_code == 200
    assert "Too many" in refused[0].content.decode()
