"""Everything that can be entered on a session: pages with a form, and buttons that act at once."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kairos.actions.add_note import add_note
from kairos.actions.call_emergency import call_emergency
from kairos.actions.cancel_session import cancel_session
from kairos.actions.change_rate import change_rate
from kairos.actions.close_alarm import close_alarm
from kairos.actions.complete_infusion import complete_infusion
from kairos.actions.correct_event import correct_event
from kairos.actions.decide_go import decide_go
from kairos.actions.empty_mouth import empty_mouth
from kairos.actions.give_portion import give_portion
from kairos.actions.give_reason import give_reason
from kairos.actions.leave_against_advice import leave_against_advice
from kairos.actions.look_up_medicine_plan import look_up_medicine_plan
from kairos.actions.note_symptom import note_symptom
from kairos.actions.offer_watch import offer_watch
from kairos.actions.override_criterion import override_criterion
from kairos.actions.pause_infusion import pause_infusion
from kairos.actions.rate_dissociation import rate_dissociation
from kairos.actions.rate_sedation import rate_sedation
from kairos.actions.record_release_criterion import record_release_criterion
from kairos.actions.record_vitals import record_vitals
from kairos.actions.release_patient import release_patient
from kairos.actions.resume_infusion import resume_infusion
from kairos.actions.start_infusion import start_infusion
from kairos.actions.stop_dosing import stop_dosing
from kairos.actions.stop_infusion import stop_infusion
from kairos.actions.take_alarm import take_alarm
from kairos.actions.take_watch import take_watch
from kairos.actions.transfer_patient import transfer_patient
from kairos.actions.use_device_reading import use_device_reading
from kairos.queries.care_team import people_who_may
from kairos.queries.dosing_sessions import SessionPage
from kairos.vocab.people import Actor, Permission
from kairos.web.clinic.sessions import forms
from kairos.web.clinic.sessions.acting import EntryPage, act_view, entry_view

CHECK, RELEASE = "session_check", "session_release"


def _watchers(page: SessionPage, by: Actor) -> dict[str, Any]:
    others = people_who_may(permission=Permission.RUN_SESSION, by=by)
    return {"watchers": tuple(each for each in others if each[0] != by.id)}


decide = act_view(Permission.RUN_SESSION, decide_go, back=CHECK)
look_up_medicines = act_view(Permission.RUN_SESSION, look_up_medicine_plan, back=CHECK)
start = act_view(Permission.CONTROL_INFUSION, start_infusion)
pause = act_view(Permission.CONTROL_INFUSION, pause_infusion)
resume = act_view(Permission.CONTROL_INFUSION, resume_infusion)
complete = act_view(Permission.CONTROL_INFUSION, complete_infusion)
use_reading = act_view(Permission.RUN_SESSION, use_device_reading)
emergency = act_view(Permission.RUN_SESSION, call_emergency)
take = act_view(Permission.TAKE_ALARM, take_alarm)
take_from_board = act_view(Permission.TAKE_ALARM, take_alarm)
take_the_watch = act_view(Permission.RUN_SESSION, take_watch)
take_watch_from_board = act_view(Permission.RUN_SESSION, take_watch)
close = act_view(Permission.TAKE_ALARM, close_alarm)
release = act_view(Permission.RELEASE_PATIENT, release_patient, back="session_record")

vitals = entry_view(
    EntryPage(
        permission=Permission.RUN_SESSION,
        title=_("Vital signs"),
        button=_("Save the reading"),
        hint=_("Enter what the monitor shows; leave out what it does not. An alarming value is saved too."),
        form=forms.VitalsForm,
        act=record_vitals,
    )
)
sedation = entry_view(
    EntryPage(
        permission=Permission.RUN_SESSION,
        title=_("How awake"),
        button=_("Save"),
        form=forms.SedationForm,
        act=rate_sedation,
    )
)
dissociation = entry_view(
    EntryPage(
        permission=Permission.RUN_SESSION,
        title=_("How detached"),
        button=_("Save"),
        hint=_("Use the same scale before the dose and after it; release compares the two."),
        form=forms.DissociationForm,
        act=rate_dissociation,
    )
)
symptoms = entry_view(
    EntryPage(
        permission=Permission.RUN_SESSION,
        title=_("Symptom"),
        button=_("Save"),
        form=forms.SymptomForm,
        act=note_symptom,
    )
)
note = entry_view(
    EntryPage(
        permission=Permission.RUN_SESSION,
        title=_("Note"),
        button=_("Save the note"),
        form=forms.NoteForm,
        act=add_note,
    )
)
stop = entry_view(
    EntryPage(
        permission=Permission.CONTROL_INFUSION,
        title=_("Stop the infusion for today"),
        button=_("Stop the infusion"),
        hint=_("Stop the pump first. The observation begins when this is saved."),
        form=forms.StopForm,
        act=stop_infusion,
    )
)
portion = entry_view(
    EntryPage(
        permission=Permission.CONTROL_INFUSION,
        title=_("Next of the dose"),
        button=_("It is given"),
        hint=_("Save it when it is given. Read lot and expiry from the device, the vial or the pack."),
        form=forms.PortionForm,
        act=give_portion,
    )
)
stop_giving = entry_view(
    EntryPage(
        permission=Permission.CONTROL_INFUSION,
        title=_("Give nothing more of the dose"),
        button=_("Give nothing more"),
        hint=_("What was given cannot be taken back. The observation goes on."),
        form=forms.StopForm,
        act=stop_dosing,
    )
)
mouth = entry_view(
    EntryPage(
        permission=Permission.CONTROL_INFUSION,
        title=_("Lozenge"),
        button=_("Save"),
        form=forms.MouthForm,
        act=empty_mouth,
    )
)
rate = entry_view(
    EntryPage(
        permission=Permission.CONTROL_INFUSION,
        title=_("Rate of the pump"),
        button=_("Save the rate"),
        hint=_("Never above the ordered rate; for more a prescriber places a new order."),
        form=forms.RateForm,
        act=change_rate,
    )
)
hand = entry_view(
    EntryPage(
        permission=Permission.RUN_SESSION,
        title=_("Hand over"),
        button=_("Offer the watch"),
        hint=_("You watch until the other takes it. For a break, say how long; it goes back the same way."),
        form=forms.HandOverForm,
        waits=False,
        act=offer_watch,
        more=_watchers,
    )
)
cancel = entry_view(
    EntryPage(
        permission=Permission.RUN_SESSION,
        title=_("End before a dose"),
        button=_("End the session"),
        form=forms.CancelForm,
        waits=False,
        act=cancel_session,
    )
)
transfer = entry_view(
    EntryPage(
        permission=Permission.RUN_SESSION,
        title=_("Emergency services took over"),
        button=_("Record the transfer"),
        form=forms.TransferForm,
        waits=False,
        act=transfer_patient,
    )
)
give_a_reason = entry_view(
    EntryPage(
        permission=Permission.OVERRIDE_RELEASE,
        title=_("Go on with a reason"),
        button=_("Sign the reason"),
        form=forms.OverrideForm,
        waits=False,
        act=give_reason,
        back=CHECK,
    )
)
override = entry_view(
    EntryPage(
        permission=Permission.OVERRIDE_RELEASE,
        title=_("Pass a criterion with a reason"),
        button=_("Sign the reason"),
        hint=_("After seeing the person. The time limit stays."),
        form=forms.OverrideForm,
        waits=False,
        act=override_criterion,
        back=RELEASE,
    )
)
criterion = entry_view(
    EntryPage(
        permission=Permission.RELEASE_PATIENT,
        title=_("Release criterion"),
        button=_("Save what you see"),
        form=forms.CriterionForm,
        act=record_release_criterion,
        back=RELEASE,
    )
)
leave = entry_view(
    EntryPage(
        permission=Permission.RELEASE_PATIENT,
        title=_("Leaves against advice"),
        button=_("Record that the person leaves"),
        hint=_(
            "This is not a release. Say what was explained, who goes with the person, and how you reach them."
        ),
        form=forms.ReasonForm,
        waits=False,
        act=leave_against_advice,
        back="session_record",
    )
)
correct = entry_view(
    EntryPage(
        permission=Permission.RUN_SESSION,
        title=_("Correct an entry"),
        button=_("Save the correction"),
        hint=_("The entry stays as it was, and is read as corrected from now on."),
        form=forms.CorrectionForm,
        act=correct_event,
        back="session_record",
    )
)
