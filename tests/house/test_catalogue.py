"""The words of the pages in every language: gathered, complete, with the same places to fill, compiled."""

import polib
import pytest

from scripts import catalogue
from scripts.catalogue import Word, entry_fault, faults, said_in, updated, words_said

PAGE = """{% load i18n %}{% translate "Hello" %} {{ day|date:"j F" }}
{% blocktranslate count n=n %}One day{% plural %}{{ n }} days{% endblocktranslate %}
{% blocktranslate with a=b %}For {{ a }} ("now"){% endblocktranslate %}"""
MODULE = 'A = _("Hello")\nB = ngettext("a", "b", 3)\nC = pgettext("c", "d")\nD = _(A)\nE = other("x")\n'


def written(tmp_path):
    for name, text in {"web/portal/a.html": PAGE, "web/b.py": MODULE, "settings/errors.py": ""}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "web"


def entry(said, translated, **more):
    return polib.POEntry(msgid=said, msgstr=translated, **more)


def test_words_are_gathered_from_pages_and_modules(tmp_path):
    words = words_said(written(tmp_path))
    assert set(words) == {
        ("", "Hello"),
        ("date format", "j F"),
        ("", "One day"),
        ("", 'For %(a)s ("now")'),
        ("", "a"),
        ("c", "d"),
    }
    assert words["", "Hello"].places == ["web/portal/a.html", "web/b.py"]
    assert words["", "One day"].plural == "%(n)s days" and words["", "a"].plural == "b"


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (entry("For %(a)s", "Para %(a)s"), ""),
        (entry("j F", "j \\d\\e F", msgctxt="date format"), ""),
        (entry("For", ""), "has no words yet"),
        (entry("For", "Para", flags=["fuzzy"]), "is marked fuzzy"),
        (entry("For %(a)s", "Para %(b)s"), "has other places to fill"),
        (entry("<b>{n}</b>", "<b>{n}"), "has other places to fill"),
        (
            polib.POEntry(msgid="One day", msgid_plural="%(n)s days", msgstr_plural={0: "Un", 1: ""}),
            "has no words",
        ),
        (polib.POEntry(msgid="One day", msgid_plural="%(n)s d", msgstr_plural={0: "1", 1: "%(n)s"}), ""),
    ],
)
def test_what_is_wrong_with_an_entry_is_told(told, fault):
    assert entry_fault(told).startswith(fault) and bool(entry_fault(told)) == bool(fault)


def test_a_catalogue_is_brought_up_to_date_and_held(tmp_path):
    words = {("", "New"): Word("", "New", "", ["a"]), ("", "One"): Word("", "One", "Two", ["a"])}
    old = polib.POFile()
    old.extend([entry("Old", "Viejo"), entry("One", "Uno")])
    fresh = updated(old, words)
    assert [each.msgid for each in fresh] == ["New", "One"] and fresh[1].msgid_plural == "Two"
    path = tmp_path / "es" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    old.save(str(path))
    found = " ".join(faults(path, words))
    assert "a says 'New': not there" in found and "nothing says 'Old' any more" in found
    assert "django.mo is not of this django.po" in found


def test_every_page_speaks_every_language(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["catalogue", "--check"])
    assert catalogue.main() == 0, capsys.readouterr().err
    assert any(path.name == "errors.py" for path in said_in(catalogue.WEB))
