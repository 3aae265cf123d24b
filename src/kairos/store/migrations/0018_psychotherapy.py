"""Psychotherapy around dosing sessions, and complaints that the treating team does not see. Never changed."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import kairos.store.ids

_SHOWN = "programme_id = ANY ((SELECT kairos_programmes())::uuid[])"
_OWN = f"{_SHOWN} AND ((SELECT kairos_person()) IS NULL OR person_id = (SELECT kairos_person()))"
_JOBS = "(SELECT kairos_user()) = '00000000-0000-0000-0000-000000000001'"
# A complaint and its answer: the patient, whoever is named as reader, our own processes. Nobody else.
_READER = (
    f"{_SHOWN} AND (person_id = (SELECT kairos_person()) OR {_JOBS} OR EXISTS (SELECT FROM"  # nosec B608 - our own words
    " store_complaintreader r WHERE r.complaint_id = {key} AND r.user_id = (SELECT kairos_user())))"
)
_TABLES = {
    **dict.fromkeys(
        (
            *("store_therapymeeting", "store_therapynote", "store_therapyanswer"),
            *("store_traumacare", "store_touchstatement"),
        ),
        _OWN,
    ),
    "store_complaintcontact": _SHOWN,
    "store_complaintreader": f"{_SHOWN} AND (person_id = (SELECT kairos_person()) OR {_JOBS}"
    " OR user_id = (SELECT kairos_user()))",
    "store_complaint": _READER.format(key="store_complaint.id"),
    "store_complaintanswer": _READER.format(key="store_complaintanswer.complaint_id"),
}
_WALL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON {table} USING ({who});
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION kairos_refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION kairos_refuse_change();
"""


def _to(table: str, *, is_indexed: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        db_index=is_indexed, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=table
    )


def _row(*fields: tuple[str, models.Field], has_person: bool = True) -> list[tuple[str, models.Field]]:
    """Return the columns of a row of a programme, and of a patient where it is about one."""
    begun: list[tuple[str, models.Field]] = [
        (
            "id",
            models.UUIDField(
                default=kairos.store.ids.new_id, editable=False, primary_key=True, serialize=False
            ),
        ),
        (
            "recorded_at",
            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        ("programme", _to("store.programme")),
    ]
    return [*begun, *([("person", _to("store.person"))] if has_person else []), *fields]


def _of_person(name: str) -> dict[str, object]:
    return {
        "abstract": False,
        "indexes": [models.Index(fields=["person", "recorded_at"], name=name)],
    }


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0017_side_effects_and_incidents"),
    ]

    operations = [
        migrations.CreateModel(
            name="TherapyMeeting",
            fields=_row(
                ("meeting", models.UUIDField()),
                ("kind", models.TextField()),
                ("starts_at", models.DateTimeField()),
                ("status", models.TextField()),
                ("by", models.UUIDField()),
                ("true_at", models.DateTimeField()),
                ("course", _to("store.course")),
                ("dosing", _to("store.plannedsession")),
            ),
            options=_of_person("store_thera_person__aa42de_idx"),
        ),
        migrations.CreateModel(
            name="TherapyNote",
            fields=_row(
                ("subject", models.UUIDField()),
                ("kind", models.TextField()),
                ("version", models.IntegerField()),
                ("template", models.TextField()),
                ("words", models.BinaryField()),
                ("signed_by", models.UUIDField()),
                ("signed_at", models.DateTimeField()),
                ("course", _to("store.course")),
            ),
            options=_of_person("store_thera_person__0ad3b9_idx")
            | {
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "version"), name="one_note_a_version")
                ]
            },
        ),
        migrations.CreateModel(
            name="TherapyAnswer",
            fields=_row(
                ("kind", models.TextField()),
                ("details", models.JSONField()),
                ("by", models.UUIDField()),
                ("true_at", models.DateTimeField()),
                ("dosing", _to("store.plannedsession")),
            ),
            options=_of_person("store_thera_person__b89b1e_idx"),
        ),
        migrations.CreateModel(
            name="TraumaCare",
            fields=_row(
                ("is_on", models.BooleanField()),
                ("words", models.BinaryField()),
                ("by", models.UUIDField()),
                ("true_at", models.DateTimeField()),
            ),
            options=_of_person("store_traum_person__5dbc05_idx"),
        ),
        migrations.CreateModel(
            name="TouchStatement",
            fields=_row(
                ("state", models.TextField()),
                ("words", models.BinaryField()),
                ("signed_by", models.UUIDField()),
                ("witnessed_by", models.UUIDField(null=True)),
                ("true_at", models.DateTimeField()),
                ("dosing", _to("store.plannedsession")),
            ),
            options=_of_person("store_touch_person__c5c46a_idx"),
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=_row(
                ("words", models.BinaryField()),
                ("addressee", models.UUIDField(null=True)),
                ("due_at", models.DateTimeField()),
                ("made_by", models.UUIDField()),
                ("made_at", models.DateTimeField()),
            ),
            options=_of_person("store_compl_person__596123_idx"),
        ),
        migrations.CreateModel(
            name="ComplaintReader",
            fields=_row(
                ("user_id", models.UUIDField()),
                ("why", models.TextField()),
                ("complaint", _to("store.complaint", is_indexed=True)),
            ),
            options=_of_person("store_compl_person__fba92b_idx"),
        ),
        migrations.CreateModel(
            name="ComplaintAnswer",
            fields=_row(
                ("words", models.BinaryField()),
                ("answered_by", models.UUIDField()),
                ("answered_at", models.DateTimeField()),
                (
                    "complaint",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="store.complaint",
                    ),
                ),
            ),
            options=_of_person("store_compl_person__c40e97_idx"),
        ),
        migrations.CreateModel(
            name="ComplaintContact",
            fields=_row(
                ("user_id", models.UUIDField(null=True)),
                ("by", models.UUIDField(null=True)),
                ("true_at", models.DateTimeField()),
                has_person=False,
            ),
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["programme", "recorded_at"], name="complaint_contacts")],
            },
        ),
        *(
            migrations.RunSQL(_WALL.format(table=table, who=who), migrations.RunSQL.noop)
            for table, who in _TABLES.items()
        ),
    ]
