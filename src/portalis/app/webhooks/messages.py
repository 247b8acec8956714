"""What is sent: bodies and headers as Standard Webhooks has them.

    webhook-id: msg_…   webhook-timestamp: seconds   webhook-signature: v1,BASE64
    {"type": "job.units_done", "timestamp": "…", "data": {an event as the API shows it}}

The signature is an HMAC with SHA-256 of `id.timestamp.body`. The id is that of the delivery,
so a receiver that saw it before has seen this message; the time is that of the try.
"""

from __future__ import annotations

import base64
import json
import secrets
from datetime import UTC, datetime
from typing import Final

from standardwebhooks import Webhook

from portalis.app.api.views import EventView, instant
from portalis.core.digest import Json
from portalis.workload.model.events import LogEvent
from portalis.workload.model.webhook import Subscription, type_of

MAX_BODY_BYTES: Final = 65_536
TEST: Final = "webhook.test"
_SECRET_BYTES: Final = 32


def new_secret() -> str:
    """A key that nobody can guess, in the form that receivers' libraries take."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode("ascii")


def body_of(event: LogEvent) -> str:
    """The same for the same event, whenever it is sent. Details that are too long are left
    out: they are in the log."""
    shown: dict[str, Json] = {
        **EventView.of(event).model_dump(by_alias=True),
        "tenant": event.tenant_id,
    }
    body = _body(type_of(event), shown["at"], shown)
    if len(body.encode()) > MAX_BODY_BYTES:
        body = _body(type_of(event), shown["at"], {**shown, "detail": {"left_out": True}})
    return body


def trial_body(subscription: Subscription, now_ms: int) -> str:
    """A message that says nothing but that it arrives."""
    return _body(
        TEST, instant(now_ms), {"webhook": subscription.id, "tenant": subscription.tenant_id}
    )


def _body(type_: str, timestamp: Json, shown: dict[str, Json]) -> str:
    message = {"type": type_, "timestamp": timestamp, "data": shown}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def headers_of(secret: str, message_id: str, body: str, now_ms: int) -> dict[str, str]:
    """Of one try."""
    at = datetime.fromtimestamp(now_ms // 1000, UTC)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(now_ms // 1000),
        "webhook-signature": Webhook(secret).sign(message_id, at, body),
    }
