"""The order in which the specification is printed: chapters (folders) and their sections (files).

A chapter is ``folder name: (title, introduction, (file, file, ...))``. Files are named without
``test_`` and ``.py``. A spec file that is missing here, or named here and missing there, fails
``tests/house/test_specification.py``.
"""

CHAPTERS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "instruments": (
        "Questionnaires",
        "What an answer starts, and what a score is called.",
        ("questionnaire_bands", "self_harm_answers"),
    ),
    "outcomes": (
        "Did it help?",
        "What the words response, remission and worsening mean here, and when nothing can be said.",
        ("response_and_remission",),
    ),
    "sessions": (
        "A dosing session",
        "What is checked before a dose, what is watched during and after it, and what opens the door home.",
        ("the_dose", "before_the_dose", "blood_pressure", "breathing_and_wakefulness", "alarms", "going_home"),
    ),
}
