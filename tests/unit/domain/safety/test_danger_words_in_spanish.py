"""Words of danger in Spanish, read beside the English ones: when in doubt a human reads."""

import pytest

from kairos.content.load_danger_words import load_danger_words
from kairos.content.loader import Lint, read_source
from kairos.domain.instruments.safety_plan import SafetyLevel
from kairos.domain.safety.danger_words import danger_in, level_of

BOOKS = load_danger_words(read_source(), Lint(citations=frozenset({"kairos-default"})))
NOW, SOON, DAY = SafetyLevel.EMERGENCY, SafetyLevel.URGENT, SafetyLevel.ROUTINE_PLUS


def found(text):
    return {each.sign: each.level for each in danger_in(text, BOOKS.values())}


@pytest.mark.parametrize(
    ("text", "sign", "level"),
    [
        ("Me voy a matar esta noche", "life.now", NOW),
        ("Anoche intenté quitarme la vida", "life.now", NOW),
        ("Me tomé todas las pastillas", "life.now", NOW),
        ("Cuando lean esto ya no estaré", "life.now", NOW),
        ("Tomé demasiadas tabletas y me siento raro", "life.overdose", NOW),
        ("Ya no quiero vivir.", "life.said", SOON),
        ("A veces me quiero morir", "life.said", SOON),
        ("estoy pensando en el SUICIDIO", "life.said", SOON),
        ("Estarían mejor sin mí", "life.said", SOON),
        ("ojalá no despertara mañana", "life.said", SOON),
        ("ya no aguanto", "life.said", SOON),
        ("He guardado mis pastillas en un cajón", "life.means", SOON),
        ("Cuando ya no esté, cuiden al gato", "life.farewell", SOON),
        ("Otra vez me corto los brazos", "life.self_harm", SOON),
        ("Soy una carga para mi familia", "life.hopeless", DAY),
        ("A veces quiero matar a mi jefe", "others.harm", SOON),
        ("Mi esposo me pega cuando bebe", "harmed.by_others", SOON),
        ("El terapeuta me tocó donde yo no quería", "harmed.by_others", SOON),
        ("Tengo un dolor en el pecho desde ayer", "body.emergency", NOW),
        ("Me cuesta respirar", "body.emergency", NOW),
        ("Se desmayó y no despierta", "body.emergency", NOW),
        ("Hay sangre en la orina", "body.urine", DAY),
        ("Creo que estoy embarazada", "body.pregnant", DAY),
        ("Oigo voces por la noche", "mind.voices", SOON),
        ("Llevo días sin dormir y estoy de maravilla", "mind.mania", SOON),
        ("Dos días después todavía me siento como en un sueño", "mind.not_back", SOON),
        ("Tomé una dosis extra el viernes", "medicine.use", DAY),
        ("Después manejé a casa, sin problema", "medicine.driving", DAY),
    ],
)
def test_what_may_mean_danger_is_found(text, sign, level):
    assert found(text).get(sign) == level


@pytest.mark.parametrize(
    "text",
    [
        "No quiero matarme",
        "No tengo ideas de suicidio",
        "Nunca he pensado en suicidarme",
        "No he pensado en hacerme daño",
    ],
)
def test_a_plain_denial_lowers_a_sign_about_a_life_and_never_silences_it(text):
    assert level_of(danger_in(text, BOOKS.values())) is DAY


def test_what_looks_like_a_denial_is_none():
    assert level_of(danger_in("No dejo de pensar en matarme", BOOKS.values())) is SOON
    assert level_of(danger_in("Ya no sé si quiero morirme", BOOKS.values())) is SOON


@pytest.mark.parametrize(
    "text",
    [
        "Dormí bien y salí a caminar con mi hermana.",
        "La sesión fue tranquila; la música me gustó.",
        "¿Puedo mover mi cita al jueves?",
        "Me corté el pelo y casi me muero de risa.",
        "No me duele nada y respiro bien.",
        "Estoy un poco cansada, pero contenta.",
        "No tengo dolor en el pecho.",
    ],
)
def test_the_harmless_starts_nothing(text):
    assert danger_in(text, BOOKS.values()) == ()
