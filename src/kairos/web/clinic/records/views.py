"""Bringing records in, the report on what was understood, and who may be the same person."""

from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kairos.actions.decide_join import decide_join
from kairos.actions.import_record import import_record
from kairos.interop.fhir.incoming import (
    incoming_files,
    incoming_questionnaires,
    incoming_records,
    read_with_kept,
)
from kairos.queries.joins import list_joins
from kairos.queries.originals import import_reports
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.own_programme import own_programme
from kairos.web.clinic.records.forms import JoinForm, UploadForm
from kairos.web.clinic.records.shown import joins_shown, reports_shown


def _actor(request: ActingRequest) -> Actor:
    return cast(Actor, request.actor)


@allow(Permission.IMPORT_RECORD)
@require_http_methods(["GET", "POST"])
def show_upload(request: ActingRequest) -> HttpResponse:
    """Take one or several files, all of them or none, and go on to the report."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    refused = []
    if form.is_valid():
        actor, programme_id = _actor(request), own_programme(_actor(request))
        files = [(file.name, file.read()) for file in form.cleaned_data["files"]]
        read = read_with_kept(files, programme_id=programme_id, by=actor)
        if not read.report.is_refused:
            kept = import_record(
                command_id=form.cleaned_data["command_id"],
                by=actor,
                now=timezone.now(),
                programme_id=programme_id,
                files=incoming_files(read),
                records=incoming_records(read),
                questionnaires=incoming_questionnaires(read),
            )
            runs = urlencode({"run": [str(file.run_id) for file in kept.files]}, doseq=True)
            return HttpResponseRedirect(f"{reverse('import_report')}?{runs}")
        refused = read.report.files
    found = {"form": form, "refused": refused}
    return render(request, "clinic/records/upload.html", found, status=400 if refused or form.errors else 200)


@allow(Permission.IMPORT_RECORD)
@require_GET
def show_report(request: ActingRequest) -> HttpResponse:
    """Show what became of each file."""
    run_ids = [UUID(one) for one in request.GET.getlist("run") if _is_id(one)]
    reports = import_reports(run_ids=run_ids, by=_actor(request))
    found = {"reports": reports_shown(reports), "may_open": _actor(request).may(Permission.SEE_CHART)}
    return render(request, "clinic/records/report.html", found)


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


@allow(Permission.JOIN_RECORDS)
@require_GET
def show_joins(request: ActingRequest) -> HttpResponse:
    """Show the pairs of records that may be one person."""
    return render(request, "clinic/records/joins.html", joins_shown(list_joins(by=_actor(request))))


@allow(Permission.JOIN_RECORDS)
@require_POST
def decide(request: ActingRequest, proposal_id: UUID) -> HttpResponse:
    """Join two records, or keep them apart."""
    form = JoinForm(request.POST)
    if form.is_valid():
        decide_join(proposal_id=proposal_id, by=_actor(request), now=timezone.now(), **form.cleaned_data)
    return redirect("joins")
