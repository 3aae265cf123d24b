"""Releases keep their files; a programme reviews, sets values of its own and signs.

Additive: what runs before it goes on. The two new tables belong to a programme (row-level security) and are
append-only. A value of a programme may be empty: from that day on the release's own holds again.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import kairos.store.ids

_WALLS = """
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['store_contentreview', 'store_contentsignature'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY scope ON %I USING '
            '(programme_id = ANY ((SELECT kairos_programmes())::uuid[]))', name);
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I '
            'FOR EACH ROW EXECUTE FUNCTION kairos_refuse_change()', name);
        EXECUTE format('CREATE TRIGGER append_only_all BEFORE TRUNCATE ON %I '
            'FOR EACH STATEMENT EXECUTE FUNCTION kairos_refuse_change()', name);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0003_newest_audit_events"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContentReview",
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
                ("version", models.TextField()),
                ("parameter", models.TextField()),
                ("value", models.FloatField(null=True)),
                ("reason", models.TextField(default="")),
                ("by", models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name="ContentSignature",
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
                ("version", models.TextField()),
                ("overlay_version", models.TextField()),
                ("values", models.JSONField(default=list)),
                ("signed_by", models.UUIDField()),
                ("signed_at", models.DateTimeField()),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="programmevalue",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="programmevalue",
            name="update_update",
        ),
        migrations.AddField(
            model_name="contentrelease",
            name="files",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="programmevalue",
            name="reason",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="programmevalueevent",
            name="reason",
            field=models.TextField(default=""),
        ),
        migrations.AlterField(
            model_name="programmevalue",
            name="value",
            field=models.JSONField(null=True),
        ),
        migrations.AlterField(
            model_name="programmevalueevent",
            name="value",
            field=models.JSONField(null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programmevalue",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "store_programmevalueevent" ("basis", "by", "id", "in_force_from", "parameter", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "reason", "recorded_at", "source", "unit", "value") VALUES (NEW."basis", NEW."by", NEW."id", NEW."in_force_from", NEW."parameter", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."reason", NEW."recorded_at", NEW."source", NEW."unit", NEW."value"); RETURN NULL;',
                    hash="4b7a94cc2262a569e339e5756eb50a71c541c78e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f285b",
                    table="store_programmevalue",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programmevalue",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "store_programmevalueevent" ("basis", "by", "id", "in_force_from", "parameter", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "reason", "recorded_at", "source", "unit", "value") VALUES (NEW."basis", NEW."by", NEW."id", NEW."in_force_from", NEW."parameter", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."reason", NEW."recorded_at", NEW."source", NEW."unit", NEW."value"); RETURN NULL;',
                    hash="e60d8ef5dfe385af33b11d2a3886c0f3a4c4ad0c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d4a17",
                    table="store_programmevalue",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="contentreview",
            name="programme",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.programme",
            ),
        ),
        migrations.AddField(
            model_name="contentsignature",
            name="programme",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.programme",
            ),
        ),
        migrations.AddIndex(
            model_name="contentreview",
            index=models.Index(fields=["programme", "version", "recorded_at"], name="review_of_version"),
        ),
        migrations.AddIndex(
            model_name="contentsignature",
            index=models.Index(fields=["programme", "recorded_at"], name="newest_signature"),
        ),
        migrations.RunSQL(_WALLS, migrations.RunSQL.noop),
    ]
