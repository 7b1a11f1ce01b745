"""On PostgreSQL an index of the words of names, so that a search of 40,000 delegates reads only those that match.

The extension comes with PostgreSQL; where it is missing, or the portal's user may not add it, the search is only slower.
"""

from django.db import migrations

MAY_ADD = """
    SELECT has_database_privilege(current_database(), 'CREATE')
    AND EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm')
"""
ADD = """
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX delegates_by_words ON delegates_delegate USING gin (folded gin_trgm_ops);
"""


def add_index(_apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(MAY_ADD)
        if cursor.fetchone()[0]:
            cursor.execute(ADD)


def drop_index(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS delegates_by_words")


class Migration(migrations.Migration):
    dependencies = [("delegates", "0001_initial")]
    operations = [migrations.RunPython(add_index, drop_index)]
