"""The order in which the specification is printed: chapters (folders) and their sections (files).

A chapter is ``folder name: (title, introduction, (file, file, ...))``. Files are named without
``test_`` and ``.py``. A spec file that is missing here, or named here and missing there, fails
``tests/house/test_specification.py``.
"""

CHAPTERS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "evidence": (
        "How do we know?",
        "What is approved and where, how sure anyone is of a benefit, and which claims may be repeated.",
        ("regulatory_status", "claims", "claims_in_texts", "own_values"),
    ),
    "eligibility": (
        "May this person start?",
        "What speaks against treatment, what is not known, and what that amounts to. A clinician decides.",
        (
            "nothing_passes_by_silence",
            "rows_of_the_fact_base",
            "age_and_death",
            "home_and_law",
            "what_a_date_leaves_open",
            "conditions",
            "blood_pressure_before_a_course",
            "without_a_date_or_half",
            "mind_and_substances",
            "medicines",
            "treatments_tried",
            "elsewhere_and_again",
            "signed_decision",
        ),
    ),
    "medicines": (
        "Medicines beside ketamine",
        "What a medicine does to a dose, what is agreed about it before a session, and what is not known.",
        ("interactions", "list_and_plan"),
    ),
    "pharmacology": (
        "What is in the blood",
        "What simulated and measured concentrations say, and what they do not.",
        ("published_models", "populations", "routes_and_units", "occupancy", "published_range"),
    ),
    "records": (
        "Records from elsewhere",
        "What the codes of another system's record mean here, and what is not understood.",
        ("value_sets", "codes_by_row"),
    ),
    "consent": (
        "Consent",
        "What it takes to be asked, to agree, and to take it back.",
        ("what_a_document_says", "what_is_expected", "current_consent"),
    ),
    "sessions": (
        "The day of a session",
        "From go or no-go to going home: what is asked, what stops, what alarms, and who may go.",
        (
            "before_the_dose",
            "fasting",
            "the_dose",
            "blood_pressure",
            "breathing_and_wakefulness",
            "what_comes_first",
            "alarms",
            "alarm_ledger",
            "watching_the_watchers",
            "two_at_one_chair",
            "going_home",
            "other_routes",
            "at_home",
            "check_in_visits",
            "the_end_of_a_course",
        ),
    ),
    "instruments": (
        "Questionnaires",
        "What an answer starts, and what a score is called.",
        ("questionnaire_bands", "other_instruments", "self_harm_answers"),
    ),
    "outcomes": (
        "Did it help?",
        "What the words response, remission and worsening mean here, and when nothing can be said.",
        ("response_and_remission",),
    ),
}
