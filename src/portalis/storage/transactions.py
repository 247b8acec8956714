"""One transaction of a store, with what the database says in the ports' words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from portalis.workload.ports import Conflict, Unavailable


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """Committed at its end, undone by an exception. Raises Conflict for what the tables do not
    take, Unavailable for all else that the database says."""
    try:
        with engine.begin() as connection:
            yield connection
    except IntegrityError as error:
        raise Conflict(str(error.orig)) from error
    except DBAPIError as error:
        raise Unavailable(str(error.orig)) from error
