"""Signed plans for medicines, and codes of drugs that a programme confirmed. Neither is ever changed."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import kairos.store.ids

_POLICY = """
ALTER TABLE store_drugcodeconfirmation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON store_drugcodeconfirmation USING (
    programme_id = ANY ((SELECT kairos_programmes())::uuid[]));
ALTER TABLE store_medicineplan ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON store_medicineplan USING (
    programme_id = ANY ((SELECT kairos_programmes())::uuid[])
    AND ((SELECT kairos_person()) IS NULL OR person_id = (SELECT kairos_person())));
"""
_APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION kairos_refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION kairos_refuse_change();
"""
_TABLES = ("store_drugcodeconfirmation", "store_medicineplan")


def _own_columns():
    return [
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
        ("programme", _pointing_at("store.programme")),
    ]


def _pointing_at(record):
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=record
    )


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0007_what_a_screening_was_asked_for"),
    ]

    operations = [
        migrations.CreateModel(
            name="DrugCodeConfirmation",
            fields=[
                *_own_columns(),
                ("system", models.TextField()),
                ("code", models.TextField()),
                ("concept", models.TextField()),
                ("confirmed_by", models.UUIDField()),
                ("confirmed_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "system", "code", "concept"), name="drug_code_confirmed_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MedicinePlan",
            fields=[
                *_own_columns(),
                ("person", _pointing_at("store.person")),
                ("route", models.TextField()),
                ("content_version", models.TextField()),
                ("words", models.BinaryField()),
                ("signed_by", models.UUIDField()),
                ("signed_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["person", "recorded_at"], name="store_medic_person__36ccf4_idx")
                ],
            },
        ),
        migrations.RunSQL(_POLICY, migrations.RunSQL.noop),
        *(migrations.RunSQL(_APPEND_ONLY.format(table=table), migrations.RunSQL.noop) for table in _TABLES),
    ]
