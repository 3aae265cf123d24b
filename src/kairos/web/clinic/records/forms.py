"""Forms for bringing records in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from kairos.web.forms import CommandForm


class ManyFilesInput(forms.ClearableFileInput):
    """A field for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return every file; refuse an empty choice."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(FilesField, self).clean(one, initial) for one in given]


class UploadForm(CommandForm):
    """Files of one set: references are followed across them."""

    # The form's own ``files`` are set when it is made; a declared field is not kept on the class.
    files = FilesField(  # type: ignore[assignment]
        label=_("Files"),
        help_text=_(
            "FHIR R4: Bundles as JSON, or NDJSON; plain or gzipped. Give the files of one export together."
        ),
        widget=ManyFilesInput(attrs={"multiple": True, "accept": ".json,.ndjson,.gz"}),
        error_messages={
            "required": _("Choose at least one file"),
            "empty": _("This file is empty; choose another"),
        },
    )


class JoinForm(CommandForm):
    """Whether two records are one person's."""

    decision = forms.ChoiceField(choices=(("join", ""), ("apart", "")))
