"""Monitoring forms as they were signed, and proof that they were sent. Never changed."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import kairos.store.ids

_TABLES = ("store_monitoringform", "store_formsending")
_WALL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON {table} USING (programme_id = ANY ((SELECT kairos_programmes())::uuid[])
    AND ((SELECT kairos_person()) IS NULL OR person_id = (SELECT kairos_person())));
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION kairos_refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION kairos_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0010_clinic_days"),
    ]

    operations = [
        migrations.CreateModel(
            name="MonitoringForm",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kairos.store.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("session_id", models.UUIDField()),
                ("seq", models.IntegerField()),
                ("content_version", models.TextField()),
                ("overlay_version", models.TextField(default="")),
                ("due_on", models.DateField()),
                ("words", models.BinaryField()),
                ("signed_by", models.UUIDField()),
                ("signed_at", models.DateTimeField()),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="store.monitoringform",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.person",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.programme",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["person", "recorded_at"], name="store_monit_person__0871ee_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("supersedes__isnull", True)),
                        fields=("session_id",),
                        name="monitoring_form_one_first_of_a_session",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FormSending",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kairos.store.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("way", models.TextField()),
                ("sent_on", models.DateField()),
                ("words", models.BinaryField()),
                ("recorded_by", models.UUIDField()),
                ("true_at", models.DateTimeField()),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.monitoringform",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.person",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.programme",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["person", "recorded_at"], name="store_forms_person__0c5d50_idx")
                ],
            },
        ),
        *(migrations.RunSQL(_WALL.format(table=table), migrations.RunSQL.noop) for table in _TABLES),
    ]
