"""The marts: every query of queries/marts as a view over the tables."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from dashboard import sqlfiles
from dashboard.errors import BadDefinition
from dashboard.warehouse.database import reason


def build(cursor: duckdb.DuckDBPyConnection, marts: Mapping[str, sqlfiles.Query]) -> None:
    """Every mart as a view, those that are read before those that read them."""
    sql = "select json_serialize_sql($sql)"
    trees = {
        name: str(cursor.execute(sql, {"sql": mart.sql}).fetchall()[0][0])
        for name, mart in marts.items()
    }
    for name in sqlfiles.in_order(trees):
        mart = marts[name]
        try:
            cursor.execute(f'create view "{name}" as {mart.sql}')
            columns = cursor.execute(f'select * from "{name}" limit 0').description or []  # noqa: S608
        except duckdb.Error as error:
            raise BadDefinition(f"mart {name}: {reason(error)}") from error
        if mart.people and mart.people not in [column[0] for column in columns]:
            raise BadDefinition(f"mart {name}: there is no column {mart.people} (People)")
