"""Words of danger: when in doubt a human reads; a plain denial lowers a sign; the harmless starts nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.content.load_danger_words import load_danger_words
from kairos.content.loader import Lint, read_source
from kairos.domain.instruments.safety_plan import SafetyLevel
from kairos.domain.safety.danger_words import DangerPlace, danger_in, level_of, told_to_team

BOOKS = load_danger_words(read_source(), Lint(citations=frozenset({"kairos-default"})))
NOW, SOON, DAY = SafetyLevel.EMERGENCY, SafetyLevel.URGENT, SafetyLevel.ROUTINE_PLUS

SIGNALS = [
    ("I am going to kill myself tonight", "life.now", NOW),
    ("I'm gonna hang myself.", "life.now", NOW),
    ("last night i tried to drown myself in the lake", "life.now", NOW),
    ("By the time you read this I will be far away", "life.now", NOW),
    ("There is a letter. A goodbye letter, for the kids", "life.now", NOW),
    ("I swallowed all the tablets", "life.now", NOW),
    ("i took too many lozenges, feeling strange", "life.overdose", NOW),
    ("I wish I were dead", "life.said", SOON),
    ("Some mornings I don't want to wake up.", "life.said", SOON),
    ("I want to dieee", "life.said", SOON),
    ("everyone would be better off without me", "life.said", SOON),
    ("SUICIDE. I keep thinking of it", "life.said", SOON),
    ("i was thinking about sucide", "life.said", SOON),
    ("no one would miss me", "life.said", SOON),
    ("I can't go on like this", "life.said", SOON),
    ("i cant keep going", "life.said", SOON),
    ("I have saved up my pills", "life.means", SOON),
    ("My uncle's gun is loaded", "life.means", SOON),
    ("When I'm gone, feed the cat", "life.farewell", SOON),
    ("I have been cutting myself again", "life.self_harm", SOON),
    ("It is all so hopeless", "life.hopeless", DAY),
    ("I see no way out", "life.hopeless", DAY),
    ("I might hurt my baby", "others.harm", SOON),
    ("sometimes i want to kill him", "others.harm", SOON),
    ("He hits me when he drinks", "harmed.by_others", SOON),
    ("The therapist touched me where I did not want it", "harmed.by_others", SOON),
    ("I don't feel safe here", "harmed.by_others", SOON),
    ("pain in my chest since noon", "body.emergency", NOW),
    ("I can't breathe properly", "body.emergency", NOW),
    ("He collapsed and we can't wake him", "body.emergency", NOW),
    ("there is blood in my urine", "body.urine", DAY),
    ("My period is late", "body.pregnant", DAY),
    ("I hear voices at night", "mind.voices", SOON),
    ("I have not slept for three nights and feel great", "mind.mania", SOON),
    ("Two days later the room is still not real", "mind.not_back", SOON),
    ("I think I'm losing my mind", "mind.not_back", SOON),
    ("I took an extra dose on Friday", "medicine.use", DAY),
    ("Afterwards I drove home", "medicine.driving", DAY),
]

DENIED = [
    ("I do not want to kill myself", "life.said", DAY),
    ("No thoughts of suicide this week", "life.said", DAY),
    ("I never felt suicidal", "life.said", DAY),
    ("I have not been cutting myself", "life.self_harm", DAY),
    ("I did not overdose", "life.overdose", DAY),
]

ONLY_LOOKS_DENIED = [
    ("I have not stopped thinking about suicide", "life.said", SOON),
    ("It is not only that I want to die", "life.said", SOON),
    ("I don't know why I want to die", "life.said", SOON),
    ("No, I want to die", "life.said", SOON),
    ("It's not that I never wanted to die", "life.said", SOON),
    ("I no longer fear it: I want to die", "life.said", SOON),
    ("I do not want to kill myself, but I want to die", "life.said", SOON),
]

SPANISH = [
    ("Esta noche voy a matarme", "life.now", NOW),
    ("He escrito una carta de despedida", "life.now", NOW),
    ("Tomé demasiadas pastillas", "life.overdose", NOW),
    ("Me quiero morir", "life.said", SOON),
    ("No quiero vivir más", "life.said", SOON),
    ("No dejo de pensar en suicidarme", "life.said", SOON),
    ("No pienso en suicidarme", "life.said", DAY),
    ("He guardado mis pastillas durante meses", "life.means", SOON),
    ("Me hago daño otra vez", "life.self_harm", SOON),
    ("No veo salida", "life.hopeless", DAY),
    ("A veces quiero matar a mi jefe", "others.harm", SOON),
    ("Mi marido me pega", "harmed.by_others", SOON),
    ("Me duele el pecho desde ayer", "body.emergency", NOW),
    ("Hay sangre en la orina", "body.urine", DAY),
    ("Creo que estoy embarazada", "body.pregnant", DAY),
    ("Oigo voces por la noche", "mind.voices", SOON),
    ("Llevo días sin dormir y me siento genial", "mind.mania", SOON),
    ("Todavía todo parece irreal", "mind.not_back", SOON),
    ("Tomé una dosis extra", "medicine.use", DAY),
    ("Después conduje a casa", "medicine.driving", DAY),
]

SILENT = [
    "¿Puedo cambiar mi cita al martes?",
    "Voy a cortarme el pelo mañana",
    "No tengo dolor en el pecho",
    "Dormí bien. Gracias por todo",
    "Flotaba fuera de mi cuerpo y fue bonito",
    "Could you please move my appointment to Tuesday?",
    "My back is killing me after the garden",
    "I am dying to know when the next session is",
    "I could kill for a coffee",
    "It hit me how much I love my sister",
    "I floated outside my body and it was lovely",
    "I took my pills as usual and put the tablets back in the cupboard",
    "I cut myself off from sugar this week",
    "I cut myself shaving, is that a problem before the infusion?",
    "No chest pain",
    "I am not pregnant",
    "I have had no cravings",
    "That was a stroke of luck",
    "I kill them with kindness",
    "I slept well. The walk was good. Thank you",
    "",
    "…",
]


def said(text):
    return {each.sign: each.level for each in danger_in(text, BOOKS.values())}


@pytest.mark.parametrize(("text", "sign", "level"), [*SIGNALS, *DENIED, *ONLY_LOOKS_DENIED, *SPANISH])
def test_a_human_reads_what_may_mean_danger(text, sign, level):
    assert said(text).get(sign) is level


@pytest.mark.parametrize("text", SILENT)
def test_what_is_harmless_starts_nothing(text):
    assert said(text) == {}


@pytest.mark.parametrize("place", list(DangerPlace))
def test_of_words_kept_from_the_team_only_a_danger_to_a_life_is_told(place):
    found = danger_in("He hits me. I took an extra dose. I want to die.", BOOKS.values())
    told = {each.sign for each in told_to_team(found, place)}
    everything = {"harmed.by_others", "medicine.use", "life.said"}
    assert told == ({"life.said"} if place is DangerPlace.COMPLAINT else everything)


def test_the_heaviest_stands_first_and_gives_the_level():
    found = danger_in("It is hopeless. I have pain in my chest.", BOOKS.values())
    assert [each.sign for each in found] == ["body.emergency", "life.hopeless"]
    assert level_of(found) is NOW
    assert level_of(()) is None


def test_two_languages_that_know_a_sign_tell_it_once_at_the_heavier_level():
    books = [*BOOKS.values(), *BOOKS.values()]
    assert len(danger_in("I want to die", books)) == 1


@settings(max_examples=60)
@given(st.text(max_size=60), st.sampled_from([text for text, sign, _ in SIGNALS if sign.startswith("life")]))
def test_nothing_said_before_in_another_sentence_hides_a_danger_to_a_life(before, text):
    assert level_of(danger_in(f"{before}\n{text}", BOOKS.values())) is not None


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    assert all(each.level in SafetyLevel for each in danger_in(text, BOOKS.values()))
