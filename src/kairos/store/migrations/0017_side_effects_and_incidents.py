"""Adverse events, incidents and standing orders, with their reviews. Never changed."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import kairos.store.ids

_OWN = "((SELECT kairos_person()) IS NULL OR person_id = (SELECT kairos_person()))"
_NO_PATIENT = "(SELECT kairos_person()) IS NULL"
_TABLES = {
    "store_adverseevent": _OWN,
    "store_adverseeventreview": _NO_PATIENT,
    "store_incident": _NO_PATIENT,
    "store_incidentreview": _NO_PATIENT,
    "store_standingorder": _NO_PATIENT,
    "store_standingorderend": _NO_PATIENT,
}
_WALL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON {table} USING (programme_id = ANY ((SELECT kairos_programmes())::uuid[]) AND {who});
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION kairos_refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION kairos_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0016_sessions_at_home"),
    ]

    operations = [
        migrations.CreateModel(
            name="AdverseEvent",
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
                ("event_id", models.UUIDField()),
                ("session_id", models.UUIDField(null=True)),
                ("term", models.TextField()),
                ("onset_on", models.DateField()),
                ("onset_at", models.DateTimeField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("severity", models.TextField()),
                ("criteria", models.JSONField(default=list)),
                ("relatedness", models.TextField()),
                ("action", models.TextField()),
                ("outcome", models.TextField()),
                ("words", models.BinaryField()),
                ("by", models.UUIDField()),
                ("true_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AdverseEventReview",
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
                ("expectedness", models.TextField()),
                ("decision", models.TextField()),
                ("treated", models.BooleanField()),
                ("words", models.BinaryField()),
                ("reviewed_by", models.UUIDField()),
                ("reviewed_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Incident",
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
                ("kind", models.TextField()),
                ("area", models.TextField()),
                ("happened_at", models.DateTimeField()),
                ("told", models.TextField()),
                ("origin", models.TextField(default="")),
                ("subject", models.UUIDField(null=True)),
                ("reported_by", models.UUIDField()),
                ("reported_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="IncidentReview",
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
                ("happened", models.TextField()),
                ("causes", models.JSONField(default=list)),
                ("changed", models.TextField()),
                ("learned", models.TextField()),
                ("shared_with", models.TextField()),
                ("reviewed_by", models.UUIDField()),
                ("reviewed_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StandingOrder",
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
                ("drug", models.TextField()),
                ("dose", models.DecimalField(decimal_places=4, max_digits=12)),
                ("unit", models.TextField()),
                ("route", models.TextField()),
                ("most", models.DecimalField(decimal_places=4, max_digits=12)),
                ("finding", models.TextField()),
                ("effect_after_min", models.IntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("signed_by", models.UUIDField()),
                ("signed_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StandingOrderEnd",
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
                ("reason", models.TextField()),
                ("ended_by", models.UUIDField()),
                ("ended_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="adverseevent",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.person",
            ),
        ),
        migrations.AddField(
            model_name="adverseevent",
            name="programme",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.programme",
            ),
        ),
        migrations.AddField(
            model_name="adverseevent",
            name="supersedes",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="superseded_by",
                to="store.adverseevent",
            ),
        ),
        migrations.AddField(
            model_name="adverseeventreview",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.person",
            ),
        ),
        migrations.AddField(
            model_name="adverseeventreview",
            name="programme",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.programme",
            ),
        ),
        migrations.AddField(
            model_name="adverseeventreview",
            name="version",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="review", to="store.adverseevent"
            ),
        ),
        migrations.AddField(
            model_name="incident",
            name="programme",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.programme",
            ),
        ),
        migrations.AddField(
            model_name="incidentreview",
            name="incident",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="review", to="store.incident"
            ),
        ),
        migrations.AddField(
            model_name="incidentreview",
            name="programme",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.programme",
            ),
        ),
        migrations.AddField(
            model_name="standingorder",
            name="programme",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.programme",
            ),
        ),
        migrations.AddField(
            model_name="standingorderend",
            name="order",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="end", to="store.standingorder"
            ),
        ),
        migrations.AddField(
            model_name="standingorderend",
            name="programme",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.programme",
            ),
        ),
        migrations.AddIndex(
            model_name="adverseevent",
            index=models.Index(fields=["person", "recorded_at"], name="store_adver_person__ae8d5f_idx"),
        ),
        migrations.AddConstraint(
            model_name="adverseevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("supersedes__isnull", True)),
                fields=("event_id",),
                name="adverse_event_one_first_version",
            ),
        ),
        migrations.AddIndex(
            model_name="adverseeventreview",
            index=models.Index(fields=["person", "recorded_at"], name="store_adver_person__8e4432_idx"),
        ),
        *(
            migrations.RunSQL(_WALL.format(table=table, who=who), migrations.RunSQL.noop)
            for table, who in _TABLES.items()
        ),
    ]
