"""Controlled stock: lots, their ledger, counts and discrepancies. Kept by the database itself, never changed."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import kairos.store.ids

_TABLES = (
    "store_stockkeeping",
    "store_stocklot",
    "store_stockentry",
    "store_stockinventory",
    "store_stockcount",
    "store_stockdiscrepancy",
    "store_stockdiscrepancyreview",
    "store_pharmacyreference",
)
# Stock is nobody's record: a patient's scope sees none of it. What a pharmacy wrote on a dose is the patient's.
_WALL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON {table} USING (programme_id = ANY ((SELECT kairos_programmes())::uuid[]) AND {who});
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION kairos_refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION kairos_refuse_change();
"""
_NO_PATIENT = "(SELECT kairos_person()) IS NULL"
_OWN = "((SELECT kairos_person()) IS NULL OR person_id = (SELECT kairos_person()))"


def _wall(table: str) -> migrations.RunSQL:
    who = _OWN if table == "store_pharmacyreference" else _NO_PATIENT
    return migrations.RunSQL(_WALL.format(table=table, who=who), migrations.RunSQL.noop)


_CHAIN = """
-- The ledger of a lot. The database itself gives each entry its place and its balances, so that no writer can
-- get them wrong; the check constraints then refuse a balance below nought. Entries of one lot wait for each
-- other, those of different lots do not.
CREATE OR REPLACE FUNCTION kairos_stock_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
    left_out numeric;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('kairos_stock:' || NEW.lot_id::text, 0));
    SELECT seq, balance_in_mg, balance_out_mg INTO last
        FROM store_stockentry WHERE lot_id = NEW.lot_id ORDER BY seq DESC LIMIT 1;
    NEW.seq := COALESCE(last.seq, 0) + 1;
    NEW.balance_in_mg := COALESCE(last.balance_in_mg, 0) + NEW.in_mg;
    NEW.balance_out_mg := COALESCE(last.balance_out_mg, 0) + NEW.out_mg;
    NEW.recorded_at := clock_timestamp();
    IF NOT EXISTS (SELECT FROM store_stocklot WHERE id = NEW.lot_id AND programme_id = NEW.programme_id) THEN
        RAISE EXCEPTION 'the lot is not of this programme' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.issue IS NULL AND NEW.out_mg <> 0 THEN
        RAISE EXCEPTION 'what is out belongs to a taking-out' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.issue IS NOT NULL THEN
        SELECT COALESCE(SUM(out_mg), 0) + NEW.out_mg INTO left_out
            FROM store_stockentry WHERE issue = NEW.issue AND lot_id = NEW.lot_id;
        IF left_out < 0 THEN
            RAISE EXCEPTION 'more is accounted for than was taken out' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NEW.reverses_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM store_stockentry WHERE id = NEW.reverses_id AND lot_id = NEW.lot_id AND kind <> 'reversed'
            AND in_mg = -NEW.in_mg AND out_mg = -NEW.out_mg AND issue IS NOT DISTINCT FROM NEW.issue) THEN
        RAISE EXCEPTION 'a reversal takes back exactly one entry of its lot' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stock_entry BEFORE INSERT ON store_stockentry
    FOR EACH ROW EXECUTE FUNCTION kairos_stock_entry();

-- A discrepancy is called by its number within the programme.
CREATE OR REPLACE FUNCTION kairos_stock_discrepancy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('kairos_discrepancy:' || NEW.programme_id::text, 0));
    SELECT COALESCE(MAX(number), 0) + 1 INTO NEW.number
        FROM store_stockdiscrepancy WHERE programme_id = NEW.programme_id;
    RETURN NEW;
END $$;
CREATE TRIGGER stock_discrepancy BEFORE INSERT ON store_stockdiscrepancy
    FOR EACH ROW EXECUTE FUNCTION kairos_stock_discrepancy();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0008_medicine_plans"),
    ]

    operations = [
        migrations.CreateModel(
            name="StockCount",
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
                ("containers", models.IntegerField()),
                ("opened_mg", models.DecimalField(decimal_places=3, max_digits=14)),
                ("counted_mg", models.DecimalField(decimal_places=3, max_digits=14)),
                ("book_mg", models.DecimalField(decimal_places=3, max_digits=14)),
                ("seq", models.IntegerField()),
                ("counted_by", models.UUIDField()),
                ("counted_at", models.DateTimeField()),
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
            name="StockDiscrepancy",
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
                ("number", models.IntegerField(default=0)),
                ("difference_mg", models.DecimalField(decimal_places=3, max_digits=14)),
                ("found_by", models.UUIDField()),
                ("found_at", models.DateTimeField()),
                (
                    "count",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.stockcount"
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
            name="StockDiscrepancyReview",
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
                ("account", models.TextField()),
                ("reviewed_by", models.UUIDField()),
                ("reviewed_at", models.DateTimeField()),
                (
                    "discrepancy",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.stockdiscrepancy",
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
            name="StockInventory",
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
                ("at_moment", models.TextField()),
                ("taken_at", models.DateTimeField()),
                ("taken_by", models.UUIDField()),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.site"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="stockcount",
            name="inventory",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.stockinventory",
            ),
        ),
        migrations.CreateModel(
            name="StockKeeping",
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
                ("kept", models.TextField()),
                ("declared_by", models.UUIDField()),
                ("declared_at", models.DateTimeField()),
                ("reference", models.TextField(default="")),
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
            name="StockLot",
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
                ("product", models.TextField()),
                ("name", models.TextField()),
                ("lot_number", models.TextField()),
                ("expires_on", models.DateField()),
                ("container_mg", models.DecimalField(decimal_places=3, max_digits=14)),
                ("is_multidose", models.BooleanField(default=False)),
                ("added_by", models.UUIDField()),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.site"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StockEntry",
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
                ("seq", models.IntegerField(default=0)),
                ("kind", models.TextField()),
                ("in_mg", models.DecimalField(decimal_places=3, max_digits=14)),
                ("out_mg", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("balance_in_mg", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("balance_out_mg", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("issue", models.UUIDField(null=True)),
                ("discrepancy", models.UUIDField(null=True)),
                ("reason", models.TextField(default="")),
                ("reference", models.TextField(default="")),
                ("true_at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("witness", models.UUIDField(null=True)),
                (
                    "order",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.doseorder",
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
                    "reverses",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="store.stockentry",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.stocklot",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="stockdiscrepancy",
            name="lot",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.stocklot"
            ),
        ),
        migrations.AddField(
            model_name="stockcount",
            name="lot",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.stocklot"
            ),
        ),
        migrations.CreateModel(
            name="PharmacyReference",
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
                ("recorded_by", models.UUIDField()),
                ("true_at", models.DateTimeField()),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.doseorder"
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
                    models.Index(fields=["person", "recorded_at"], name="store_pharm_person__da9a21_idx")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="stocklot",
            constraint=models.UniqueConstraint(
                fields=("site", "product", "lot_number", "container_mg"), name="stock_lot_once_a_site"
            ),
        ),
        migrations.AddConstraint(
            model_name="stocklot",
            constraint=models.CheckConstraint(
                condition=models.Q(("container_mg__gt", 0)), name="stock_container_holds_something"
            ),
        ),
        migrations.AddIndex(
            model_name="stockentry",
            index=models.Index(
                condition=models.Q(("issue__isnull", False)), fields=["issue"], name="stock_issue"
            ),
        ),
        migrations.AddConstraint(
            model_name="stockentry",
            constraint=models.UniqueConstraint(fields=("lot", "seq"), name="stock_one_entry_in_each_place"),
        ),
        migrations.AddConstraint(
            model_name="stockentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("balance_in_mg__gte", 0), ("balance_out_mg__gte", 0)),
                name="stock_never_below_nought",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "wasted"), _negated=True),
                    models.Q(
                        ("witness__isnull", False), models.Q(("witness", models.F("by")), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="stock_waste_has_a_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "adjusted"), _negated=True),
                    ("discrepancy__isnull", False),
                    _connector="OR",
                ),
                name="stock_adjusted_by_a_discrepancy",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "reversed"), ("reverses__isnull", False)),
                    models.Q(models.Q(("kind", "reversed"), _negated=True), ("reverses__isnull", True)),
                    _connector="OR",
                ),
                name="stock_reversal_names_what_it_reverses",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "dispensed"), _negated=True),
                    models.Q(("issue", models.F("id")), ("order__isnull", False)),
                    _connector="OR",
                ),
                name="stock_taken_out_for_an_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockdiscrepancy",
            constraint=models.UniqueConstraint(
                fields=("programme", "number"), name="stock_discrepancy_numbered_once"
            ),
        ),
        *map(_wall, _TABLES),
        migrations.RunSQL(_CHAIN, migrations.RunSQL.noop),
    ]
