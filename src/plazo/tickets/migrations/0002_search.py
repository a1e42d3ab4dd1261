from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CREATE = {
    "sqlite": [
        """
        CREATE VIRTUAL TABLE tickets_search USING fts5 (
            terms, detail = 'none', columnsize = 0, tokenize = 'ascii'
        )
        """,
    ],
    "postgresql": [
        """
        CREATE TABLE tickets_search (
            ticket_id bigint PRIMARY KEY,
            terms tsvector NOT NULL
        )
        """,
        "CREATE INDEX tickets_search_terms ON tickets_search USING gin (terms)",
    ],
}


def create(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("DROP TABLE tickets_search")


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
