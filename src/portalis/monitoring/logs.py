"""Logs as lines of JSON: what was committed of jobs and units, and what else is logged.

    {"time": …, "level": "INFO", "event": "unit.leased", "job": …, "unit": …, "tenant": …, …}

The numbered log in the store is the truth; this is a copy of it as it is written, for those who
collect the logs of many machines.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Final, TextIO

from portalis.core.digest import Json
from portalis.monitoring.spans import trace_id
from portalis.workload.model.changes import Changes
from portalis.workload.model.webhook import type_of

EVENTS: Final = logging.getLogger("portalis.events")
_FIELDS: Final = "portalis_fields"
# Of an event's details those that are short and of use to whoever reads logs.
_DETAILS: Final = ("attempt", "cause", "place", "busy_ms", "reason", "message", "units")


class JsonLines(logging.Formatter):
    """A record as one line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Json] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
        }
        fields = getattr(record, _FIELDS, None)
        line |= fields if fields is not None else {"message": record.getMessage()}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def write_json(stream: TextIO) -> None:
    """From now on all that is logged goes there, as JSON."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    EVENTS.setLevel(logging.INFO)


def log_commit(changes: Changes) -> None:
    """The events of a commit."""
    for event in changes.events:
        fields: dict[str, Json] = {
            "event": type_of(event),
            "state": event.state,
            "tenant": event.tenant_id,
            "job": event.job_id,
            "number": event.number,
            "trace_id": trace_id(event.job_id),
        }
        if event.unit_id is not None:
            fields["unit"] = event.unit_id
        fields |= {name: event.detail[name] for name in _DETAILS if name in event.detail}
        EVENTS.info("%s", fields["event"], extra={_FIELDS: fields})
