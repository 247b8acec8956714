"""The `Prints` port in SQL, on tables beside the state's."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from portalis.core.digest import digest_of
from portalis.core.ids import TenantId
from portalis.storage import rows
from portalis.storage.tables import METADATA, PRINT, PRINT_BAND, PRINTED
from portalis.storage.transactions import transaction
from portalis.workload.model.fingerprint import Known
from portalis.workload.ports import Conflict

_CHUNK = 5_000


class SqlPrints:
    """Its tables are made if they are not there. Does not own `engine`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with transaction(self._engine) as connection:
            METADATA.create_all(connection)

    def unseen(self, tenant_id: TenantId, results: Collection[str]) -> Collection[str]:
        wanted, seen = list(results), set[str]()
        with transaction(self._engine) as connection:
            for start in range(0, len(wanted), _CHUNK):
                some = wanted[start : start + _CHUNK]
                asked = sa.select(PRINTED.c.result).where(
                    PRINTED.c.tenant_id == tenant_id, PRINTED.c.result.in_(some)
                )
                seen.update(connection.execute(asked).scalars())
        return set(wanted) - seen

    def add(self, tenant_id: TenantId, result: str, prints: Sequence[Known]) -> None:
        made = {_id(result, known): known for known in prints}
        functions = [
            {
                **{k: v for k, v in rows.row_of(known).items() if k != "bands"},
                "id": print_id,
            }
            for print_id, known in made.items()
        ]
        bands = [
            {"tenant_id": tenant_id, "band": band, "print_id": print_id}
            for print_id, known in made.items()
            for band in set(known.bands)
        ]
        try:
            with transaction(self._engine) as connection:
                connection.execute(PRINTED.insert(), {"tenant_id": tenant_id, "result": result})
                if functions:
                    connection.execute(PRINT.insert(), functions)
                    connection.execute(PRINT_BAND.insert(), bands)
        except Conflict:
            # Another one was faster; the same result has the same functions.
            return

    def near(self, tenant_id: TenantId, bands: Collection[int], limit: int) -> Sequence[Known]:
        shared = (
            sa.select(PRINT_BAND.c.print_id, sa.func.count().label("shared"))
            .where(PRINT_BAND.c.tenant_id == tenant_id, PRINT_BAND.c.band.in_(list(bands)))
            .group_by(PRINT_BAND.c.print_id)
            .order_by(sa.func.count().desc(), PRINT_BAND.c.print_id)
            .limit(limit)
            .subquery()
        )
        asked = (
            sa.select(PRINT)
            .join(shared, shared.c.print_id == PRINT.c.id)
            .order_by(shared.c.shared.desc(), PRINT.c.id)
        )
        with transaction(self._engine) as connection:
            return [_known(dict(row)) for row in connection.execute(asked).mappings()]


def _id(result: str, known: Known) -> str:
    return digest_of([result, known.path, known.name, known.line])


def _known(row: rows.Row) -> Known:
    kept = {name: value for name, value in row.items() if name != "id"}
    return Known(**{**kept, "signature": tuple(row["signature"]), "bands": ()})
