"""Systems that ask by CDS Hooks, the cards they were given, what became of them: of a programme, never changed."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import kairos.store.ids

# A client is also found by the name in its tokens, before any scope is known.
_WALLS = """
CREATE OR REPLACE FUNCTION kairos_cds_client() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('kairos.cds_client', true), '') $$;

DO $$
DECLARE
    name text;
    of_programme constant text := 'programme_id = ANY ((SELECT kairos_programmes())::uuid[])';
BEGIN
    FOREACH name IN ARRAY ARRAY['store_cdsclient', 'store_givencard', 'store_cardfeedback'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I '
            'FOR EACH ROW EXECUTE FUNCTION kairos_refuse_change()', name);
        EXECUTE format('CREATE TRIGGER append_only_all BEFORE TRUNCATE ON %I '
            'FOR EACH STATEMENT EXECUTE FUNCTION kairos_refuse_change()', name);
    END LOOP;
    EXECUTE format('CREATE POLICY scope ON store_givencard USING (%s)', of_programme);
    EXECUTE format('CREATE POLICY scope ON store_cardfeedback USING (%s)', of_programme);
    EXECUTE format('CREATE POLICY scope ON store_cdsclient USING (%s OR issuer = (SELECT kairos_cds_client())) '
        'WITH CHECK (%s)', of_programme, of_programme);
END $$;
"""


def _id() -> models.UUIDField:
    return models.UUIDField(
        default=kairos.store.ids.new_id, editable=False, primary_key=True, serialize=False
    )


def _recorded() -> models.DateTimeField:
    return models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)


def _programme() -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="store.programme",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0005_known_questionnaires"),
    ]

    operations = [
        migrations.CreateModel(
            name="CdsClient",
            fields=[
                ("id", _id()),
                ("recorded_at", _recorded()),
                ("issuer", models.TextField()),
                ("name", models.TextField()),
                ("keys", models.JSONField()),
                ("by", models.UUIDField()),
                ("programme", _programme()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["issuer", "recorded_at"], name="store_cdscl_issuer_b534c2_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="GivenCard",
            fields=[
                ("id", _id()),
                ("recorded_at", _recorded()),
                ("issuer", models.TextField()),
                ("service", models.TextField()),
                ("hook_instance", models.UUIDField()),
                ("indicator", models.TextField()),
                ("rules", models.JSONField()),
                ("content_version", models.TextField()),
                ("overlay_version", models.TextField(blank=True)),
                ("programme", _programme()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["programme", "recorded_at"], name="store_given_program_3fca25_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="CardFeedback",
            fields=[
                ("id", _id()),
                ("recorded_at", _recorded()),
                ("outcome", models.TextField()),
                ("suggestions", models.JSONField()),
                ("reason_system", models.TextField(blank=True)),
                ("reason_code", models.TextField(blank=True)),
                ("has_comment", models.BooleanField()),
                ("acted_at", models.DateTimeField()),
                ("programme", _programme()),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.givencard",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.RunSQL(_WALLS, migrations.RunSQL.noop),
    ]
