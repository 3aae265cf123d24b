"""The first tables, with row-level security, append-only triggers and the audit's digest."""

import django.contrib.auth.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import kairos.store.ids
import kairos.store.records.audit
from kairos.store.sql import sql_operations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(
                        default=kairos.store.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                    ),
                ),
                ("display_name", models.TextField(blank=True)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("language", models.TextField(default="en")),
                ("is_active", models.BooleanField(default=True)),
                ("is_demo", models.BooleanField(default=False)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AuditBlock",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("previous_hash", models.BinaryField()),
                ("hash", models.BinaryField()),
                ("row_count", models.IntegerField()),
                ("low_xid", kairos.store.records.audit.Xid8()),
                ("sealed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="Command",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("action", models.TextField()),
                ("digest", models.BinaryField()),
                ("actor", models.UUIDField()),
                ("result", models.JSONField(null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ContentRelease",
            fields=[
                ("version", models.TextField(primary_key=True, serialize=False)),
                ("in_force_from", models.DateTimeField()),
                ("by", models.UUIDField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kairos.store.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.TextField()),
                ("time_zone", models.TextField(default="UTC")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Person",
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
                ("erased_at", models.DateTimeField(null=True)),
                ("erased_by", models.UUIDField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Place",
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
                ("name", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("xid", kairos.store.records.audit.Xid8()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("actor", models.UUIDField()),
                ("roles", models.TextField()),
                ("action", models.TextField()),
                ("organisation", models.UUIDField(null=True)),
                ("programme_id", models.UUIDField(null=True)),
                ("person_id", models.UUIDField(null=True)),
                ("subject", models.TextField()),
                ("why", models.TextField()),
                ("details", models.JSONField()),
                ("command", models.UUIDField(null=True)),
                ("digest", models.BinaryField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["xid", "id"], name="store_audit_xid_a11074_idx"),
                    models.Index(
                        fields=["programme_id", "recorded_at"], name="store_audit_program_9f7cb9_idx"
                    ),
                    models.Index(fields=["person_id", "recorded_at"], name="store_audit_person__ed1111_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditLink",
            fields=[
                ("event", models.UUIDField(primary_key=True, serialize=False)),
                ("block", models.BigIntegerField()),
                ("place", models.IntegerField()),
                ("digest", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("block", "place"), name="one_link_in_each_place")
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentDocument",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kairos.store.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("document", models.TextField()),
                ("version", models.TextField()),
                ("language", models.TextField()),
                ("digest", models.TextField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "version", "language"), name="consent_version_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentSignature",
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
                ("sections", models.JSONField()),
                ("words", models.BinaryField()),
                ("signed_by", models.UUIDField()),
                ("signed_at", models.DateTimeField()),
                ("witnessed_by", models.UUIDField(null=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.consentdocument",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PersonIdentity",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.person",
                    ),
                ),
                ("family_name", models.TextField(blank=True)),
                ("given_names", models.TextField(blank=True)),
                ("preferred_name", models.TextField(blank=True)),
                ("born_on", models.TextField(blank=True)),
                ("sex", models.TextField(blank=True)),
                ("language", models.TextField(blank=True)),
                ("time_zone", models.TextField(blank=True)),
                ("contacts", models.JSONField(default=list)),
                ("identifiers", models.JSONField(default=list)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PersonKey",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="store.person",
                    ),
                ),
                ("wrapped", models.BinaryField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Course",
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
                ("protocol", models.TextField()),
                ("content_version", models.TextField()),
                ("status", models.TextField()),
                ("details", models.JSONField(default=dict)),
                ("by", models.UUIDField()),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PlannedSession",
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
                ("number", models.IntegerField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("status", models.TextField()),
                ("stream", models.UUIDField(null=True)),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.course"
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
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.place",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DoseOrder",
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
                ("details", models.JSONField()),
                ("words", models.BinaryField(null=True)),
                ("ordered_by", models.UUIDField()),
                ("ordered_at", models.DateTimeField()),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.course"
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
                    "planned_session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.plannedsession",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kairos.store.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.TextField()),
                ("is_demo", models.BooleanField(default=False)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="plannedsession",
            name="programme",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.programme",
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="programme",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.programme",
            ),
        ),
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kairos.store.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.TextField()),
                ("payload", models.JSONField()),
                ("due_at", models.DateTimeField()),
                ("attempts", models.IntegerField(default=0)),
                ("sent_at", models.DateTimeField(null=True)),
                ("gave_up_at", models.DateTimeField(null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
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
        ),
        migrations.CreateModel(
            name="OriginalRecord",
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
                ("digest", models.BinaryField()),
                ("media_type", models.TextField()),
                ("size", models.BigIntegerField()),
                ("sealed", models.BinaryField()),
                ("sealed_file_name", models.BinaryField()),
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
            },
        ),
        migrations.CreateModel(
            name="OneTapLink",
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
                ("token_digest", models.BinaryField(unique=True)),
                ("purpose", models.TextField()),
                ("subject", models.UUIDField(null=True)),
                ("details", models.JSONField(default=dict)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
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
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kairos.store.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "role",
                    models.TextField(
                        choices=[
                            ("patient", "patient"),
                            ("support_person", "support_person"),
                            ("clinician", "clinician"),
                            ("nurse", "nurse"),
                            ("therapist", "therapist"),
                            ("coach", "coach"),
                            ("coordinator", "coordinator"),
                            ("pharmacist", "pharmacist"),
                            ("medical_director", "medical_director"),
                            ("programme_lead", "programme_lead"),
                            ("content_editor", "content_editor"),
                            ("researcher", "researcher"),
                            ("auditor", "auditor"),
                            ("administrator", "administrator"),
                        ]
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.person",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.programme",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="JoinProposal",
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
                ("because", models.JSONField()),
                ("decision", models.TextField(blank=True)),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.person"
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
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
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
                ("file_digest", models.BinaryField()),
                ("status", models.TextField()),
                ("report", models.JSONField()),
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
        ),
        migrations.CreateModel(
            name="Fact",
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
                ("concept", models.TextField()),
                ("presence", models.TextField()),
                ("understanding", models.TextField()),
                ("status", models.TextField()),
                ("value_kind", models.TextField()),
                ("value_number", models.FloatField(null=True)),
                ("value_unit", models.TextField(null=True)),
                ("value_system", models.TextField(null=True)),
                ("value_code", models.TextField(null=True)),
                ("code_system", models.TextField(null=True)),
                ("code", models.TextField(null=True)),
                ("true_from", models.TextField(null=True)),
                ("true_until", models.TextField(null=True)),
                ("true_at", models.DateTimeField(null=True)),
                ("stated_at", models.DateTimeField(null=True)),
                ("origin_kind", models.TextField()),
                ("origin_by", models.TextField()),
                ("details", models.JSONField()),
                ("words", models.BinaryField()),
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
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
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
                ("stage", models.TextField()),
                ("is_demo", models.BooleanField(default=False)),
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
        ),
        migrations.CreateModel(
            name="DoseOrderVerification",
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
                ("verified_by", models.UUIDField()),
                ("verified_at", models.DateTimeField()),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verification",
                        to="store.doseorder",
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
            },
        ),
        migrations.CreateModel(
            name="DoseOrderInvalidation",
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
                ("words", models.BinaryField(null=True)),
                ("invalidated_by", models.UUIDField()),
                ("invalidated_at", models.DateTimeField()),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invalidation",
                        to="store.doseorder",
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
            },
        ),
        migrations.AddField(
            model_name="doseorder",
            name="programme",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.programme",
            ),
        ),
        migrations.CreateModel(
            name="Deadline",
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
                ("subject", models.UUIDField()),
                ("details", models.JSONField(default=dict)),
                ("due_at", models.DateTimeField()),
                ("attempts", models.IntegerField(default=0)),
                ("done_at", models.DateTimeField(null=True)),
                ("outcome", models.TextField(blank=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
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
        ),
        migrations.CreateModel(
            name="CourseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=kairos.store.ids.new_id, editable=False, serialize=False)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("protocol", models.TextField()),
                ("content_version", models.TextField()),
                ("status", models.TextField()),
                ("details", models.JSONField(default=dict)),
                ("by", models.UUIDField()),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="store.course",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="store.person",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="store.programme",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="course",
            name="programme",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.programme",
            ),
        ),
        migrations.CreateModel(
            name="ConsentWithdrawal",
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
                ("words", models.BinaryField()),
                ("withdrawn_by", models.UUIDField()),
                ("withdrawn_at", models.DateTimeField()),
                (
                    "signature",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="store.consentsignature",
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
            },
        ),
        migrations.AddField(
            model_name="consentsignature",
            name="programme",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.programme",
            ),
        ),
        migrations.CreateModel(
            name="Alarm",
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
                ("stream", models.UUIDField()),
                ("rule", models.TextField()),
                ("level", models.TextField()),
                ("details", models.JSONField(default=dict)),
                ("raised_at", models.DateTimeField()),
                ("answer_by", models.DateTimeField(null=True)),
                ("taken_by", models.UUIDField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
                ("escalated_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
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
            },
        ),
        migrations.CreateModel(
            name="ProgrammeValue",
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
                ("parameter", models.TextField()),
                ("in_force_from", models.DateField()),
                ("value", models.JSONField()),
                ("unit", models.TextField()),
                ("basis", models.TextField()),
                ("source", models.TextField()),
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
        ),
        migrations.CreateModel(
            name="ProgrammeValueEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=kairos.store.ids.new_id, editable=False, serialize=False)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("parameter", models.TextField()),
                ("in_force_from", models.DateField()),
                ("value", models.JSONField()),
                ("unit", models.TextField()),
                ("basis", models.TextField()),
                ("source", models.TextField()),
                ("by", models.UUIDField()),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="store.programmevalue",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="store.programme",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="QuestionnaireDraft",
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
                ("link", models.UUIDField(unique=True)),
                ("instrument", models.TextField()),
                ("version", models.TextField()),
                ("language", models.TextField()),
                ("answers", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
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
            },
        ),
        migrations.CreateModel(
            name="QuestionnaireResponse",
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
                ("instrument", models.TextField()),
                ("version", models.TextField()),
                ("language", models.TextField()),
                ("answers", models.JSONField()),
                ("answered_at", models.DateTimeField()),
                ("timepoint", models.TextField(blank=True)),
                ("subject", models.UUIDField(null=True)),
                ("by", models.UUIDField()),
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
            },
        ),
        migrations.CreateModel(
            name="RecordEntry",
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
                ("resource_type", models.TextField()),
                ("resource_key", models.BinaryField()),
                ("source_key", models.BinaryField(null=True)),
                ("version_number", models.TextField(blank=True)),
                ("version_at", models.DateTimeField(null=True)),
                ("digest", models.BinaryField()),
                ("status", models.TextField()),
                ("start", models.BigIntegerField()),
                ("length", models.BigIntegerField()),
                ("words", models.BinaryField()),
                (
                    "original",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.originalrecord",
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
            },
        ),
        migrations.CreateModel(
            name="Score",
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
                ("instrument", models.TextField()),
                ("scale", models.TextField()),
                ("value", models.FloatField(null=True)),
                ("band", models.TextField(blank=True)),
                ("missing", models.JSONField(default=list)),
                ("scoring_version", models.TextField()),
                ("answered_at", models.DateTimeField()),
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
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.questionnaireresponse",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Screening",
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
                ("as_of", models.DateField()),
                ("as_of_chosen", models.BooleanField()),
                ("route", models.TextField()),
                ("indication", models.TextField()),
                ("advice", models.TextField()),
                ("findings", models.JSONField()),
                ("words", models.BinaryField()),
                ("content_version", models.TextField()),
                ("overlay_version", models.TextField()),
                ("by", models.UUIDField()),
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
            },
        ),
        migrations.CreateModel(
            name="EligibilityDecision",
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
                ("decision", models.TextField()),
                ("overridden_rules", models.JSONField(default=list)),
                ("words", models.BinaryField()),
                ("signed_by", models.UUIDField()),
                ("signed_at", models.DateTimeField()),
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
                (
                    "screening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.screening"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Site",
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
                ("name", models.TextField()),
                ("time_zone", models.TextField(default="UTC")),
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
            },
        ),
        migrations.CreateModel(
            name="SessionSummary",
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
                ("state", models.TextField()),
                ("is_open", models.BooleanField()),
                ("seq", models.IntegerField()),
                ("details", models.JSONField(default=dict)),
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
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.place",
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
                (
                    "site",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.site",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PlannedSessionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=kairos.store.ids.new_id, editable=False, serialize=False)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("number", models.IntegerField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("status", models.TextField()),
                ("stream", models.UUIDField(null=True)),
                (
                    "course",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="store.course",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="store.person",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="store.plannedsession",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="store.place",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="store.programme",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="store.site",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="plannedsession",
            name="site",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.site"
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="site",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.site"
            ),
        ),
        migrations.CreateModel(
            name="MembershipEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=kairos.store.ids.new_id, editable=False, serialize=False)),
                (
                    "role",
                    models.TextField(
                        choices=[
                            ("patient", "patient"),
                            ("support_person", "support_person"),
                            ("clinician", "clinician"),
                            ("nurse", "nurse"),
                            ("therapist", "therapist"),
                            ("coach", "coach"),
                            ("coordinator", "coordinator"),
                            ("pharmacist", "pharmacist"),
                            ("medical_director", "medical_director"),
                            ("programme_lead", "programme_lead"),
                            ("content_editor", "content_editor"),
                            ("researcher", "researcher"),
                            ("auditor", "auditor"),
                            ("administrator", "administrator"),
                        ]
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="store.membership",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="store.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="store.person",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="store.programme",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="store.site",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="membership",
            name="site",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.site"
            ),
        ),
        migrations.CreateModel(
            name="EnrolmentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=kairos.store.ids.new_id, editable=False, serialize=False)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("stage", models.TextField()),
                ("is_demo", models.BooleanField(default=False)),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="store.enrolment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="store.person",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="store.programme",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="store.site",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="enrolment",
            name="site",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.site"
            ),
        ),
        migrations.CreateModel(
            name="StoredFile",
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
                ("name", models.BinaryField()),
                ("media_type", models.TextField()),
                ("size", models.BigIntegerField()),
                ("content", models.BinaryField()),
                ("by", models.UUIDField()),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
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
            },
        ),
        migrations.CreateModel(
            name="Stream",
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
            },
        ),
        migrations.CreateModel(
            name="StreamEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kairos.store.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("seq", models.IntegerField()),
                ("type", models.TextField()),
                ("version", models.IntegerField()),
                ("payload", models.JSONField()),
                ("words", models.BinaryField(null=True)),
                ("true_at", models.DateTimeField()),
                ("device_clock_error_s", models.FloatField(null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("by", models.UUIDField()),
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
                (
                    "stream",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.stream",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Task",
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
                ("subject", models.UUIDField()),
                ("details", models.JSONField(default=dict)),
                ("owner_role", models.TextField(blank=True)),
                ("owner", models.UUIDField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("done_by", models.UUIDField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
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
            },
        ),
        migrations.CreateModel(
            name="PersonIdentityEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("family_name", models.TextField(blank=True)),
                ("given_names", models.TextField(blank=True)),
                ("preferred_name", models.TextField(blank=True)),
                ("born_on", models.TextField(blank=True)),
                ("sex", models.TextField(blank=True)),
                ("language", models.TextField(blank=True)),
                ("time_zone", models.TextField(blank=True)),
                ("contacts", models.JSONField(default=list)),
                ("identifiers", models.JSONField(default=list)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="store.person",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="store.personidentity",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="personidentity",
            index=models.Index(fields=["born_on", "family_name"], name="store_perso_born_on_b795ba_idx"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personidentity",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "store_personidentityevent" ("born_on", "contacts", "family_name", "given_names", "identifiers", "language", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_name", "recorded_at", "sex", "time_zone") VALUES (NEW."born_on", NEW."contacts", NEW."family_name", NEW."given_names", NEW."identifiers", NEW."language", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."person_id", NEW."preferred_name", NEW."recorded_at", NEW."sex", NEW."time_zone"); RETURN NULL;',
                    hash="2231cc0692ef40f383fa1f299749ecb6f959a04f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4dcb4",
                    table="store_personidentity",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personidentity",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "store_personidentityevent" ("born_on", "contacts", "family_name", "given_names", "identifiers", "language", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_name", "recorded_at", "sex", "time_zone") VALUES (NEW."born_on", NEW."contacts", NEW."family_name", NEW."given_names", NEW."identifiers", NEW."language", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."person_id", NEW."preferred_name", NEW."recorded_at", NEW."sex", NEW."time_zone"); RETURN NULL;',
                    hash="67d67e71884d19ea0f269b3a5ae24dfe32a92ad1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_27621",
                    table="store_personidentity",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("erased_at__isnull", False), ("erased_by__isnull", False)),
                    models.Q(("erased_at__isnull", True), ("erased_by__isnull", True)),
                    _connector="OR",
                ),
                name="person_erased_by_and_at",
            ),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(
                condition=models.Q(("gave_up_at__isnull", True), ("sent_at__isnull", True)),
                fields=["due_at"],
                name="outbox_open",
            ),
        ),
        migrations.AddIndex(
            model_name="originalrecord",
            index=models.Index(fields=["person", "recorded_at"], name="store_origi_person__91cdae_idx"),
        ),
        migrations.AddConstraint(
            model_name="originalrecord",
            constraint=models.UniqueConstraint(
                fields=("programme", "person", "digest"), name="original_kept_once"
            ),
        ),
        migrations.AddIndex(
            model_name="onetaplink",
            index=models.Index(fields=["person", "recorded_at"], name="store_oneta_person__352d84_idx"),
        ),
        migrations.AddIndex(
            model_name="joinproposal",
            index=models.Index(fields=["person", "recorded_at"], name="store_joinp_person__2237f0_idx"),
        ),
        migrations.AddConstraint(
            model_name="joinproposal",
            constraint=models.UniqueConstraint(
                fields=("programme", "person", "other"), name="join_proposed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="joinproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                    _connector="OR",
                ),
                name="join_decided_by_and_at",
            ),
        ),
        migrations.AddIndex(
            model_name="importrun",
            index=models.Index(fields=["programme", "file_digest"], name="store_impor_program_669918_idx"),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                fields=["person", "programme", "kind", "concept"], name="store_fact_person__b49773_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="doseorderverification",
            index=models.Index(fields=["person", "recorded_at"], name="store_doseo_person__a90d1d_idx"),
        ),
        migrations.AddIndex(
            model_name="doseorderinvalidation",
            index=models.Index(fields=["person", "recorded_at"], name="store_doseo_person__976a0d_idx"),
        ),
        migrations.AddIndex(
            model_name="doseorder",
            index=models.Index(fields=["person", "recorded_at"], name="store_doseo_person__78f999_idx"),
        ),
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True)), fields=["due_at"], name="deadline_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.UniqueConstraint(fields=("kind", "subject"), name="deadline_once"),
        ),
        migrations.AddIndex(
            model_name="course",
            index=models.Index(fields=["person", "recorded_at"], name="store_cours_person__987c97_idx"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="course",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "store_courseevent" ("by", "content_version", "details", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "protocol", "recorded_at", "status") VALUES (NEW."by", NEW."content_version", NEW."details", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."protocol", NEW."recorded_at", NEW."status"); RETURN NULL;',
                    hash="43caa231ad2e3867736bc9b59c3716af8330a684",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b8f05",
                    table="store_course",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="course",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "store_courseevent" ("by", "content_version", "details", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "protocol", "recorded_at", "status") VALUES (NEW."by", NEW."content_version", NEW."details", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."protocol", NEW."recorded_at", NEW."status"); RETURN NULL;',
                    hash="670918d1940f1d1b7144568be46a613de2b45678",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ef625",
                    table="store_course",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="consentwithdrawal",
            index=models.Index(fields=["person", "recorded_at"], name="store_conse_person__6ba6f2_idx"),
        ),
        migrations.AddIndex(
            model_name="consentsignature",
            index=models.Index(fields=["person", "recorded_at"], name="store_conse_person__15fe6b_idx"),
        ),
        migrations.AddIndex(
            model_name="alarm",
            index=models.Index(fields=["stream", "raised_at"], name="store_alarm_stream_38ecc1_idx"),
        ),
        migrations.AddIndex(
            model_name="alarm",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["programme", "raised_at"],
                name="alarm_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_at__isnull", False), ("taken_by__isnull", False)),
                    models.Q(("taken_at__isnull", True), ("taken_by__isnull", True)),
                    _connector="OR",
                ),
                name="alarm_taken_by_and_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="programmevalue",
            constraint=models.UniqueConstraint(
                fields=("programme", "parameter", "in_force_from"), name="own_value_once_a_day"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="programmevalue",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "store_programmevalueevent" ("basis", "by", "id", "in_force_from", "parameter", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "recorded_at", "source", "unit", "value") VALUES (NEW."basis", NEW."by", NEW."id", NEW."in_force_from", NEW."parameter", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."recorded_at", NEW."source", NEW."unit", NEW."value"); RETURN NULL;',
                    hash="82fa51bb99c639c82f568fc54b26751c640bec64",
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
                    func='INSERT INTO "store_programmevalueevent" ("basis", "by", "id", "in_force_from", "parameter", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "recorded_at", "source", "unit", "value") VALUES (NEW."basis", NEW."by", NEW."id", NEW."in_force_from", NEW."parameter", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."recorded_at", NEW."source", NEW."unit", NEW."value"); RETURN NULL;',
                    hash="ec5b8cc2339f324c27d735a8b9fa8ff08495f014",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d4a17",
                    table="store_programmevalue",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="questionnairedraft",
            index=models.Index(fields=["person", "recorded_at"], name="store_quest_person__0b3f11_idx"),
        ),
        migrations.AddIndex(
            model_name="questionnaireresponse",
            index=models.Index(
                fields=["person", "instrument", "answered_at"], name="store_quest_person__6cdea0_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="recordentry",
            index=models.Index(fields=["person", "recorded_at"], name="store_recor_person__914dbd_idx"),
        ),
        migrations.AddConstraint(
            model_name="recordentry",
            constraint=models.UniqueConstraint(
                fields=("person", "programme", "resource_key", "digest"), name="entry_kept_once"
            ),
        ),
        migrations.AddIndex(
            model_name="score",
            index=models.Index(
                fields=["person", "instrument", "answered_at"], name="store_score_person__ffa556_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(
                fields=("response", "scale", "scoring_version"), name="scored_once_by_a_version"
            ),
        ),
        migrations.AddIndex(
            model_name="screening",
            index=models.Index(fields=["person", "recorded_at"], name="store_scree_person__39b136_idx"),
        ),
        migrations.AddIndex(
            model_name="eligibilitydecision",
            index=models.Index(fields=["person", "recorded_at"], name="store_eligi_person__1c0a1d_idx"),
        ),
        migrations.AddIndex(
            model_name="sessionsummary",
            index=models.Index(fields=["programme", "is_open"], name="store_sessi_program_5c9fdf_idx"),
        ),
        migrations.AddIndex(
            model_name="plannedsession",
            index=models.Index(fields=["programme", "starts_at"], name="store_plann_program_a03ab5_idx"),
        ),
        migrations.AddIndex(
            model_name="plannedsession",
            index=models.Index(fields=["person", "starts_at"], name="store_plann_person__8a8dc1_idx"),
        ),
        migrations.AddConstraint(
            model_name="plannedsession",
            constraint=models.UniqueConstraint(fields=("course", "number"), name="planned_once_in_a_course"),
        ),
        migrations.AddConstraint(
            model_name="plannedsession",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="planned_session_ends_later"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plannedsession",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "store_plannedsessionevent" ("course_id", "ends_at", "id", "number", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "programme_id", "recorded_at", "site_id", "starts_at", "status", "stream") VALUES (NEW."course_id", NEW."ends_at", NEW."id", NEW."number", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_id", NEW."programme_id", NEW."recorded_at", NEW."site_id", NEW."starts_at", NEW."status", NEW."stream"); RETURN NULL;',
                    hash="6698277642e14876c2d54960518cc3a134eae76a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a0909",
                    table="store_plannedsession",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plannedsession",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "store_plannedsessionevent" ("course_id", "ends_at", "id", "number", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "programme_id", "recorded_at", "site_id", "starts_at", "status", "stream") VALUES (NEW."course_id", NEW."ends_at", NEW."id", NEW."number", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_id", NEW."programme_id", NEW."recorded_at", NEW."site_id", NEW."starts_at", NEW."status", NEW."stream"); RETURN NULL;',
                    hash="9a33a094aa536d02c4c3ddc8f5536547dfe58f03",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7073c",
                    table="store_plannedsession",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("user", "programme", "site", "role"),
                name="membership_once",
                nulls_distinct=False,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "store_membershipevent" ("ended_at", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "recorded_at", "role", "site_id", "user_id") VALUES (NEW."ended_at", NEW."id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."recorded_at", NEW."role", NEW."site_id", NEW."user_id"); RETURN NULL;',
                    hash="6f48ba6c23eadedddafb2008871381168743191a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ebc9a",
                    table="store_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "store_membershipevent" ("ended_at", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "recorded_at", "role", "site_id", "user_id") VALUES (NEW."ended_at", NEW."id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."recorded_at", NEW."role", NEW."site_id", NEW."user_id"); RETURN NULL;',
                    hash="e131a6deb7c275b458d558885a32c088f9b7af98",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_60eb4",
                    table="store_membership",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(fields=["programme", "stage"], name="store_enrol_program_6f1f9f_idx"),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                fields=("person", "programme"), name="enrolled_once_in_a_programme"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enrolment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "store_enrolmentevent" ("id", "is_demo", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "recorded_at", "site_id", "stage") VALUES (NEW."id", NEW."is_demo", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."recorded_at", NEW."site_id", NEW."stage"); RETURN NULL;',
                    hash="5e17754d84d9020fbc683ab471bdd0773448945b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7ee05",
                    table="store_enrolment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="enrolment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "store_enrolmentevent" ("id", "is_demo", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "recorded_at", "site_id", "stage") VALUES (NEW."id", NEW."is_demo", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."recorded_at", NEW."site_id", NEW."stage"); RETURN NULL;',
                    hash="e74a19dd05739311c361e7f9ab8c93da8d2b65b2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d7826",
                    table="store_enrolment",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="stream",
            index=models.Index(fields=["person", "recorded_at"], name="store_strea_person__29564e_idx"),
        ),
        migrations.AddConstraint(
            model_name="streamevent",
            constraint=models.UniqueConstraint(fields=("stream", "seq"), name="one_event_in_each_place"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True)),
                fields=["programme", "due_at"],
                name="task_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                    models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                    _connector="OR",
                ),
                name="task_done_by_and_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("owner_role", ""), _negated=True), ("owner__isnull", False), _connector="OR"
                ),
                name="task_has_an_owner",
            ),
        ),
        migrations.AddField(
            model_name="fact",
            name="entry",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.recordentry",
            ),
        ),
        migrations.CreateModel(
            name="SupersededEntry",
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
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded",
                        to="store.recordentry",
                    ),
                ),
                (
                    "by_entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.recordentry",
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
            },
        ),
        migrations.AddIndex(
            model_name="supersededentry",
            index=models.Index(fields=["person", "recorded_at"], name="store_super_person__8663c0_idx"),
        ),
        migrations.AddIndex(
            model_name="recordentry",
            index=models.Index(
                fields=["person", "programme", "source_key"], name="store_recor_person__e8c289_idx"
            ),
        ),
        *sql_operations(),
    ]
