"""The quick log of symptoms: one press for the symptom, one for how strong; one more when it has gone."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kairos.actions.flag_difficult_experience import DIFFICULT, flag_difficult_experience
from kairos.actions.note_symptom import note_symptom
from kairos.domain.sessions.events import SymptomGrade, SymptomState
from kairos.domain.sessions.symptoms import SymptomEpisode, symptom_episodes
from kairos.queries.dosing_sessions import SessionPage, session_page
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.sessions.acting import act_view, actor, saved, sentence_of
from kairos.web.clinic.sessions.forms import TimedForm
from kairos.web.clinic.sessions.words import GRADE_WORDS, clock, grade_word, text

_MINUTE = timedelta(minutes=1)


flag = act_view(Permission.RUN_SESSION, flag_difficult_experience)


class QuickSymptomForm(TimedForm):
    """One symptom of the list, there with its strength, or gone."""

    code = forms.ChoiceField()
    state = forms.TypedChoiceField(coerce=SymptomState, choices=[(s, s) for s in SymptomState])
    grade = forms.TypedChoiceField(
        coerce=SymptomGrade, choices=[(g, g) for g in SymptomGrade], required=False, empty_value=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.page.picture.protocol.symptoms
        self.fields["code"].choices = [(code, code) for code in known]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """Return the symptom as the action takes it."""
        given = super().given()
        return given | {"codes": (given.pop("code"),)}


@allow(Permission.RUN_SESSION)
@require_POST
def log_symptom(request: ActingRequest, session_id: UUID) -> HttpResponse:
    """Note one symptom from the console, during the session and after it."""
    by, now = actor(request), timezone.now()
    page = session_page(session_id=session_id, by=by, now=now)
    form = QuickSymptomForm(request.POST, page=page)
    if not form.is_valid():
        messages.warning(request, _("Nothing was noted. Choose a symptom and how strong it is."))
        return redirect("session_console", session_id)
    try:
        entered = note_symptom(session_id=session_id, by=by, now=now, **form.given())
        return saved(request, page, entered, "session_console")
    except (InvalidInput, NotAllowed) as error:
        messages.warning(request, sentence_of(error))
    return redirect("session_console", session_id)


def symptom_log(page: SessionPage) -> dict[str, Any]:
    """Return what the console's panel shows: what is there, what has gone, and what can be noted."""
    episodes = symptom_episodes(page.picture.state)
    present = {each.code for each in episodes if each.is_open}
    listed = page.picture.protocol.symptoms.values()
    return {
        "there": [_shown(page, each) for each in episodes if each.is_open],
        "gone": [_shown(page, each) for each in episodes if not each.is_open],
        "choices": [
            {"code": each.code, "words": text(each.text), "is_there": each.code in present}
            for each in listed
            if not each.is_emergency and not each.is_call and each.code != DIFFICULT
        ],
        "can_flag": DIFFICULT in page.picture.protocol.symptoms,
        "is_flagged": DIFFICULT in {each.code for each in episodes},
        "grades": [(grade.value, words) for grade, words in GRADE_WORDS.items()],
    }


def _shown(page: SessionPage, episode: SymptomEpisode) -> dict[str, Any]:
    minutes = int(episode.lasted(page.picture.now) / _MINUTE)
    return {
        "code": episode.code,
        "words": text(f"symptom.{episode.code}"),
        "grade": grade_word(episode.grade if episode.is_open else episode.worst),
        "is_flag": episode.code == DIFFICULT,
        "worst": episode.worst.value if episode.worst else "",
        "since": clock(episode.since, page.zone),
        "until": clock(episode.until, page.zone) if episode.until else "",
        "lasted": ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes},
    }
