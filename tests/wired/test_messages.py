"""What leaves is a link and no word about health: by mail where a server is named, else into a file."""

import json
import re

import pytest
from django.core import mail

from kairos.actions.send_outbox import CannotPost, Outgoing
from kairos.cli.environment import read_environment
from kairos.content.release import load_release
from kairos.domain.evidence.texts import Audience
from kairos.jobs.letters import write_letter
from kairos.jobs.post import MESSAGES, post
from kairos.settings import mail as mail_settings
from kairos.store.repositories import organisations
from kairos.store.scope import scoped
from kairos.vocab.people import Role
from tests.support import canaries
from tests.support.accounts import make_login
from tests.support.clinic import make_clinic, make_person

# Words that would tell whoever sees a screen light up what it is about.
CLINICAL = (
    "ketamin|infus|dose|dosing|clinic|hospital|doctor|nurse|patient|treat|therap|depress|anxi|mood|suicid|harm|"
    "psych|mental|health|symptom|score|phq|gad|question 9|crisis|medic|drug|prescri|appointment|session"
)
MESSAGES_OF_CONTENT = sorted(
    (language, text)
    for language, text, audience in load_release().texts.templates
    if text.startswith("message.")
)
LETTER = Outgoing("mail", canaries.EMAIL, "en", "message.questions", "/l/abc.def/")


@pytest.mark.parametrize(("language", "text"), MESSAGES_OF_CONTENT)
def test_no_message_says_what_it_is_about(language, text):
    said = load_release().texts.template(text, audience=Audience.PATIENT, language=language)
    assert re.findall(CLINICAL, said, re.I) == []


def forbidden_words():
    """Return the drugs, substances and conditions that the content names, in small letters."""
    concepts = load_release().concepts
    drugs = {name for each in concepts.ingredients.values() for name in each.names}
    conditions = {concept.replace("_", " ") for concept in concepts.concepts}
    named = drugs | conditions | set(load_release().substances)
    return sorted(word.lower() for word in named if len(word) > 3)


@pytest.mark.parametrize(("language", "text"), MESSAGES_OF_CONTENT)
def test_no_message_names_a_drug_or_a_condition_of_the_content(language, text):
    said = load_release().texts.template(text, audience=Audience.PATIENT, language=language)
    found = [word for word in forbidden_words() if re.search(rf"\b{re.escape(word)}\b", said, re.I)]
    assert found == []


@pytest.mark.django_db
def test_no_message_names_a_programme_a_person_or_one_of_the_staff(settings):
    clinic = make_clinic()
    make_person(clinic)
    login = make_login(clinic, Role.NURSE)
    with scoped(clinic.scope):
        named = {each.name for each in organisations.list_programmes(clinic.scope)}
        named |= {each.name for each in organisations.list_sites(clinic.scope)}
    named |= {login.display_name, *canaries.CANARIES}
    for _language, text in MESSAGES_OF_CONTENT:
        letter = write_letter(
            Outgoing("mail", "a@example.org", "en", text.rsplit(".", 1)[0], f"/l/{login.id}/")
        )
        words = f"{letter.subject} {letter.body} {letter.short} {letter.path}".lower()
        assert [name for name in named if name.lower() in words] == []


def test_every_kind_of_message_has_subject_and_body_with_one_link():
    kinds = {text.rsplit(".", 1)[0] for _, text in MESSAGES_OF_CONTENT}
    assert kinds >= {"message.questions", "message.questions_again", "message.alarm_call"}
    for kind in kinds:
        said = load_release().texts.template(f"{kind}.body", audience=Audience.PATIENT)
        assert said.count("{link}") == 1


def test_a_letter_has_the_whole_address_and_speaks_english_where_nothing_else_is_there(settings):
    settings.KAIROS_ADDRESS = "https://kairos.example"
    letter = write_letter(Outgoing("mail", "a@example.org", "xx", "message.questions", "/l/abc.def/"))
    assert "https://kairos.example/l/abc.def/" in letter.body
    assert letter.subject == "A few questions for you"


def test_in_tests_nothing_leaves():
    post(LETTER)
    assert mail.outbox == []


def test_in_the_demonstration_messages_lie_in_a_file_of_the_home(settings, tmp_path):
    settings.KAIROS_POSTS_NOWHERE, settings.KAIROS_POSTS_TO_FILE = False, True
    settings.KAIROS_HOME = tmp_path
    for _ in "12":
        post(LETTER)
    lines = [json.loads(line) for line in (tmp_path / MESSAGES).read_text(encoding="utf-8").splitlines()]
    assert [line["to"] for line in lines] == [canaries.EMAIL] * 2
    assert "/l/abc.def/" in lines[0]["body"]
    assert (tmp_path / MESSAGES).stat().st_mode & 0o077 == 0


def test_mail_leaves_once_a_server_is_named(settings):
    settings.KAIROS_POSTS_NOWHERE, settings.EMAIL_HOST = False, "mail.example"
    post(LETTER)
    (sent,) = mail.outbox
    assert sent.to == [canaries.EMAIL]


def test_without_a_way_out_a_message_waits(settings, monkeypatch):
    settings.KAIROS_POSTS_NOWHERE, settings.EMAIL_HOST = False, ""
    with pytest.raises(CannotPost):
        post(LETTER)
    settings.EMAIL_HOST = "mail.example"

    def refuse(*given):
        raise ConnectionRefusedError

    monkeypatch.setattr("kairos.jobs.post.send_mail", refuse)
    with pytest.raises(CannotPost, match="ConnectionRefusedError"):
        post(LETTER)


def test_the_mail_server_is_named_by_the_environment():
    given = {"KAIROS_SMTP": "smtp://bo:s%20x@mail.example:2525", "KAIROS_MAIL_FROM": "k@example.org"}
    found = mail_settings.by_environment(read_environment({"PORT": "8123"}), given)
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_HOST_PASSWORD"]) == (
        "mail.example",
        2525,
        "s x",
    )
    assert found["EMAIL_USE_TLS"]
    assert found["KAIROS_ADDRESS"] == "http://127.0.0.1:8123"
    production = read_environment({"KAIROS_ENV": "production", "KAIROS_HOSTS": "kairos.example,b.example"})
    assert mail_settings.by_environment(production, {})["KAIROS_ADDRESS"] == "https://kairos.example"
    assert mail_settings.by_environment(production, {})["EMAIL_HOST"] == ""
