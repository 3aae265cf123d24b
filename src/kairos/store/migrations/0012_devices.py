"""Devices with keys of their own, their readings, and what became of those that waited. Never changed."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import kairos.store.ids

# A device is also found by the digest of its key, before any scope is known. No patient sees any of it.
_WALLS = """
CREATE OR REPLACE FUNCTION kairos_device_key() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('kairos.device_key', true), '') $$;

DO $$
DECLARE
    name text;
    of_staff constant text := 'programme_id = ANY ((SELECT kairos_programmes())::uuid[]) '
        'AND (SELECT kairos_person()) IS NULL';
BEGIN
    FOREACH name IN ARRAY ARRAY['store_device', 'store_devicereading', 'store_devicereadingend'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I '
            'FOR EACH ROW EXECUTE FUNCTION kairos_refuse_change()', name);
        EXECUTE format('CREATE TRIGGER append_only_all BEFORE TRUNCATE ON %I '
            'FOR EACH STATEMENT EXECUTE FUNCTION kairos_refuse_change()', name);
    END LOOP;
    EXECUTE format('CREATE POLICY scope ON store_devicereading USING (%s)', of_staff);
    EXECUTE format('CREATE POLICY scope ON store_devicereadingend USING (%s)', of_staff);
    EXECUTE format('CREATE POLICY scope ON store_device USING ((%s) OR key_digest = (SELECT kairos_device_key())) '
        'WITH CHECK (%s)', of_staff, of_staff);
END $$;
"""


def _id() -> models.UUIDField:
    return models.UUIDField(
        default=kairos.store.ids.new_id, editable=False, primary_key=True, serialize=False
    )


def _recorded() -> models.DateTimeField:
    return models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)


def _to(table: str, *, may_lack: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False,
        null=may_lack,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=table,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0011_monitoring_forms"),
    ]

    operations = [
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", _id()),
                ("recorded_at", _recorded()),
                ("device", models.UUIDField()),
                ("name", models.TextField()),
                ("key_digest", models.TextField(blank=True)),
                ("sender", models.TextField(blank=True)),
                ("put_at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("place", _to("store.place", may_lack=True)),
                ("programme", _to("store.programme")),
                ("site", _to("store.site")),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["device", "recorded_at"], name="newest_of_a_device"),
                    models.Index(fields=["key_digest"], name="device_of_a_key"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeviceReading",
            fields=[
                ("id", _id()),
                ("recorded_at", _recorded()),
                ("device", models.UUIDField()),
                ("key", models.UUIDField(unique=True)),
                ("identifier", models.TextField(blank=True)),
                ("values", models.JSONField()),
                ("device_at", models.DateTimeField()),
                ("true_at", models.DateTimeField()),
                ("ahead_s", models.FloatField(null=True)),
                ("place", _to("store.place", may_lack=True)),
                ("programme", _to("store.programme")),
                ("site", _to("store.site")),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["programme", "recorded_at"], name="readings_in_order"),
                    models.Index(fields=["device", "identifier"], name="reading_of_an_identifier"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeviceReadingEnd",
            fields=[
                ("id", _id()),
                ("recorded_at", _recorded()),
                ("session", models.UUIDField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("by", models.UUIDField()),
                ("true_at", models.DateTimeField()),
                ("programme", _to("store.programme")),
                (
                    "reading",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="end",
                        to="store.devicereading",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.RunSQL(_WALLS, migrations.RunSQL.noop),
    ]
