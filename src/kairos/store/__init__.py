"""The only Django app with models: records, migrations, repositories, audit, outbox."""
