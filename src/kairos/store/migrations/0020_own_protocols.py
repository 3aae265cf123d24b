"""A programme's own copies of protocols. Never changed: what ends one is another row."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import kairos.store.ids

_WALL = """
ALTER TABLE store_ownprotocol ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON store_ownprotocol
    USING (programme_id = ANY ((SELECT kairos_programmes())::uuid[]));
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON store_ownprotocol
    FOR EACH ROW EXECUTE FUNCTION kairos_refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON store_ownprotocol
    FOR EACH STATEMENT EXECUTE FUNCTION kairos_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0019_reaching"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnProtocol",
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
                ("copies", models.TextField()),
                ("version", models.IntegerField()),
                ("release", models.TextField()),
                ("text", models.TextField(default="")),
                ("reason", models.TextField()),
                ("by", models.UUIDField()),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "copies", "version"), name="own_protocol_version_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(_WALL, migrations.RunSQL.noop),
    ]
