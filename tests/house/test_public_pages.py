"""Pages for patients and strangers: no claim that does not hold, no banned word, no number of their own."""

from kairos.content.claim_reader import load_claim_reader
from kairos.domain.evidence.claim_patterns import Phrases
from kairos.domain.evidence.public_words import BannedWords, PublicWords, WordingOverride
from scripts import check_public_pages

PAGE = """{% extends "x" %}{# 7 #}<h1 class="h1">{% translate "A safe home" %}</h1>
<p>{% blocktranslate with n=3 %}Of {{ n }} people{% endblocktranslate %}</p>
<p>{% if a == 2 %}Ketamine is not addictive.{% endif %} About 5 hours.</p>"""
CODE = 'A = _("It took %(n)d of 9 days")\nB = other("A safe home")\nC = ngettext("a", "b", 3)\nD = _(A)\n'


def written(tmp_path):
    for name, text in {"public/a.html": PAGE, "portal/b.py": CODE, "clinic/c.html": "A safe home"}.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def words(*overrides):
    reader = load_claim_reader()
    return PublicWords(reader.patterns, reader.claims, (BannedWords(Phrases(("safe",)), "C-051"),), overrides)


def test_the_pages_are_in_order(capsys):
    assert check_public_pages.main() == 0
    assert "in order" in capsys.readouterr().out


def test_each_fault_is_told_with_its_page(tmp_path):
    found = list(check_public_pages.faults(words(), written(tmp_path)))
    assert [fault.split(": '")[0] for fault in found] == [
        "web/portal/b.py: states 9",
        "web/public/a.html: says C-055",
        "web/public/a.html: has the banned word 'safe'",
        "web/public/a.html: states 5",
    ]


def test_overrides_let_stand_and_are_needed(tmp_path):
    let = WordingOverride("web/public/a.html", "About 5 hours", "as measured")
    unneeded = WordingOverride("web/public/a.html", "About 6 hours", "as measured")
    found = list(check_public_pages.faults(words(let, unneeded), written(tmp_path)))
    assert not any("states 5" in fault for fault in found)
    assert found[-1] == "public_words.yaml: nothing needs 'About 6 hours' in web/public/a.html"


def test_faults_end_the_check(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(check_public_pages, "WEB", written(tmp_path))
    assert check_public_pages.main() == 1
    assert "web/portal/b.py: states 9" in capsys.readouterr().err
