"""The tables of the store: what SQLite and PostgreSQL both take, in SQLAlchemy Core.

A column has the name of the field that it keeps. Instants are whole milliseconds.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

SCHEMA: Final = 3
METADATA: Final = MetaData()


def _id(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, String(100), primary_key=key, nullable=False)


def _instant(name: str, *, optional: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=optional)


META: Final = Table(
    "meta", METADATA, Column("name", String(40), primary_key=True), Column("value", Text)
)

JOB: Final = Table(
    "job",
    METADATA,
    _id("id", key=True),
    _id("tenant_id"),
    Column("priority", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    _instant("created_ms"),
    _instant("started_ms", optional=True),
    _instant("ended_ms", optional=True),
    Column("sources", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("options", JSON, nullable=False),
    Column("lines", BigInteger, nullable=False),
    Column("files", BigInteger, nullable=False),
    Column("size", String(10), nullable=False),
    Column("reason", Text, nullable=False),
    Column("units", JSON, nullable=False),
    Column("last_event", BigInteger, nullable=False),
    Column("limit_microusd", BigInteger, nullable=True),
    Column("wants_microusd", BigInteger, nullable=False),
    Column("cost_microusd", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    Index("job_of_tenant", "tenant_id", "id"),
    Index("job_in_state", "state"),
)

UNIT: Final = Table(
    "unit",
    METADATA,
    _id("id", key=True),
    _id("job_id"),
    Column("number", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("spec", JSON, nullable=False),
    Column("depends_on", JSON, nullable=False),
    Column("waits_for", Integer, nullable=False),
    Column("predicted_ms", BigInteger, nullable=False),
    Column("memory_mb", Integer, nullable=False),
    Column("gpus", Integer, nullable=False),
    Column("gpu_mb", Integer, nullable=False),
    Column("cache_key", String(100), nullable=False),
    Column("fence", BigInteger, nullable=False),
    Column("tries", JSON, nullable=False),
    Column("died_at", JSON, nullable=False),
    Column("avoid", JSON, nullable=False),
    _instant("due_ms", optional=True),
    _instant("ready_ms", optional=True),
    Column("result", Text, nullable=False),
    Column("summary", JSON, nullable=False),
    Column("cause", String(20), nullable=True),
    Column("message", Text, nullable=False),
    Index("unit_of_job", "job_id", "number", unique=True),
    Index("unit_in_state", "state", "job_id", "predicted_ms"),
)

# The unit `unit_id` cannot start before `needs` is done.
EDGE: Final = Table(
    "unit_edge",
    METADATA,
    _id("needs", key=True),
    _id("unit_id", key=True),
    # Rows lie in the order of their key, which is looked for once, not twice.
    sqlite_with_rowid=False,
)

ATTEMPT: Final = Table(
    "attempt",
    METADATA,
    _id("id", key=True),
    _id("unit_id"),
    _id("job_id"),
    _id("tenant_id"),
    Column("fence", BigInteger, nullable=False),
    _instant("leased_ms"),
    _instant("expires_ms"),
    Column("place", Text, nullable=False),
    _instant("running_ms", optional=True),
    _instant("ended_ms", optional=True),
    Column("outcome", String(20), nullable=True),
    Column("cause", String(20), nullable=True),
    Column("run_ms", BigInteger, nullable=False),
    Column("hold_microusd", BigInteger, nullable=False),
    Column("rate_microusd_h", BigInteger, nullable=False),
    Column("price", String(100), nullable=False),
    Column("gpus", Text, nullable=False),
    Column("batch", String(100), nullable=False),
    Index("attempt_of_job", "job_id"),
    Index("attempt_open", "ended_ms"),
)

CHARGE: Final = Table(
    "charge",
    METADATA,
    _id("attempt_id", key=True),
    _id("unit_id"),
    _id("job_id"),
    _id("tenant_id"),
    _instant("at_ms"),
    _instant("slot_ms"),
    Column("place", Text, nullable=False),
    Column("useful", Boolean, nullable=False),
    _instant("from_ms"),
    _instant("leased_ms"),
    Column("node", Text, nullable=False),
    Column("cost_microusd", BigInteger, nullable=False),
    Column("rate_microusd_h", BigInteger, nullable=False),
    Column("price", String(100), nullable=False),
    Index("charge_of_job", "job_id"),
    Index("charge_at", "at_ms"),
    Index("charge_of_tenant", "tenant_id", "leased_ms"),
)

# Counters of the charges and the open holds of one window: what limits are checked against.
ACCOUNT: Final = Table(
    "account",
    METADATA,
    Column("scope", String(100), primary_key=True),
    Column("window", String(10), primary_key=True),
    Column("start_ms", BigInteger, primary_key=True, autoincrement=False),
    Column("posted_microusd", BigInteger, nullable=False),
    Column("held_microusd", BigInteger, nullable=False),
    Column("alerted_microusd", BigInteger, nullable=False),
    CheckConstraint("posted_microusd >= 0 AND held_microusd >= 0", name="account_sane"),
)

NODE: Final = Table(
    "node",
    METADATA,
    Column("name", String(200), primary_key=True),
    Column("from_ms", BigInteger, primary_key=True, autoincrement=False),
    _instant("until_ms"),
    Column("slots", Integer, nullable=False),
    Column("rate_microusd_h", BigInteger, nullable=False),
    Column("price", String(100), nullable=False),
)

WORKER: Final = Table(
    "worker",
    METADATA,
    Column("place", String(200), primary_key=True),
    Column("slots", Integer, nullable=False),
    _instant("drain_ms", optional=True),
)

CHOICE: Final = Table(
    "choice",
    METADATA,
    Column("what", String(20), primary_key=True),
    Column("chosen", String(20), primary_key=True),
    Column("reason", String(40), primary_key=True),
    Column("count", BigInteger, nullable=False),
)

BUDGET: Final = Table(
    "budget",
    METADATA,
    _id("tenant_id", key=True),
    Column("limits", JSON, nullable=False),
    Column("alert_permille", Integer, nullable=False),
    Column("hard_stop", Boolean, nullable=False),
    _instant("changed_ms"),
)

EVENT: Final = Table(
    "event",
    METADATA,
    _id("job_id", key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    _id("tenant_id"),
    _instant("at_ms"),
    Column("event", String(30), nullable=False),
    Column("state", String(20), nullable=False),
    Column("unit_id", String(100), nullable=True),
    Column("detail", JSON, nullable=False),
    # Rows lie in the order of their key, which is looked for once, not twice.
    sqlite_with_rowid=False,
)

OUTGOING: Final = Table(
    "outgoing",
    METADATA,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("key", String(160), nullable=False, unique=True),
    Column("order", String(20), nullable=False),
    Column("subject", String(100), nullable=False),
    _id("job_id"),
    _instant("created_ms"),
    Column("detail", JSON, nullable=False),
)

PROMISE: Final = Table(
    "promise",
    METADATA,
    _id("tenant_id", key=True),
    Column("key", String(255), primary_key=True),
    Column("request_digest", String(64), nullable=False),
    _id("job_id"),
    _instant("created_ms"),
)

# One row: who is the controller, under which epoch, until when.
LEADER: Final = Table(
    "leader",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("owner", Text, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    _instant("until_ms"),
)

WEBHOOK: Final = Table(
    "webhook",
    METADATA,
    _id("id", key=True),
    _id("tenant_id"),
    Column("url", Text, nullable=False),
    Column("secret", Text, nullable=False),
    _instant("created_ms"),
    Column("events", JSON, nullable=False),
    Column("name", Text, nullable=False),
    Index("webhook_of_tenant", "tenant_id", "id"),
)

# How far a subscription has read the log of a job; no row: not at all.
WEBHOOK_PLACE: Final = Table(
    "webhook_place",
    METADATA,
    _id("subscription_id", key=True),
    _id("job_id", key=True),
    Column("number", BigInteger, nullable=False),
)

DELIVERY: Final = Table(
    "webhook_delivery",
    METADATA,
    _id("id", key=True),
    _id("subscription_id"),
    _id("tenant_id"),
    _id("job_id"),
    Column("number", BigInteger, nullable=False),
    Column("type", String(40), nullable=False),
    _instant("created_ms"),
    _instant("due_ms"),
    Column("state", String(20), nullable=False),
    Column("tries", Integer, nullable=False),
    _instant("ended_ms", optional=True),
    Column("status", Integer, nullable=True),
    Column("message", Text, nullable=False),
    Index("delivery_of_event", "subscription_id", "job_id", "number", unique=True),
    Index("delivery_due", "state", "due_ms"),
)

# Results whose functions are known.
PRINTED: Final = Table(
    "printed",
    METADATA,
    _id("tenant_id", key=True),
    Column("result", String(250), primary_key=True),
)

PRINT: Final = Table(
    "print",
    METADATA,
    _id("id", key=True),
    _id("tenant_id"),
    _id("job_id"),
    _id("unit_id"),
    Column("path", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("signature", JSON, nullable=False),
)

PRINT_BAND: Final = Table(
    "print_band",
    METADATA,
    _id("tenant_id", key=True),
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    _id("print_id", key=True),
)
