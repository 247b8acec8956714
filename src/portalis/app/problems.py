"""What can go wrong with a request: one table, from which bodies and documentation are made.

    python -m portalis.app.problems > docs/problems.md

A body is a problem of RFC 9457. `type` is the address, on the same server, of the row that
explains it; `code` is its last part. Codes are never reused and never change their meaning.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portalis.core.digest import Json

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Row:
    """One problem. fields: what a body has besides RFC 9457's own members and `code`."""

    code: str
    status: int
    title: str
    remedy: str
    fields: tuple[str, ...] = ()


PROBLEMS: Final = (
    Row(
        "unauthenticated",
        401,
        "No valid token",
        "Send `Authorization: Bearer TOKEN` with a token that is neither revoked nor over.",
    ),
    Row(
        "budget-spent",
        402,
        "A budget does not bear the job",
        "Raise the limit (`portalis budget set`), or wait until `resets_at`.",
        (
            *("limit_source", "window", "limit_usd", "posted_usd", "held_usd", "estimate_usd"),
            "resets_at",
        ),
    ),
    Row(
        "not-allowed",
        403,
        "This token may not do that",
        "Use a token of the tenant that the request names, or an operator's.",
    ),
    Row(
        "not-found",
        404,
        "There is no such thing",
        "Check the id. What belongs to another tenant looks the same as what is not there.",
    ),
    Row("method-not-allowed", 405, "The method is not for this address", "See /openapi.json."),
    Row(
        "wrong-state",
        409,
        "The job is in a state that does not allow this",
        "Look at its state: docs/transitions.md says what may happen in it.",
    ),
    Row(
        "changed-meanwhile",
        409,
        "Somebody changed the same thing at the same time",
        "Read it again, then send the request again if it still makes sense.",
    ),
    Row(
        "no-results",
        409,
        "Nothing of the job is done yet",
        "Wait until units of the job are done: its progress and its events tell.",
    ),
    Row(
        "too-large",
        413,
        "The upload is beyond a limit",
        "Divide it, or raise the setting that `limit` names.",
        ("limit", "allowed"),
    ),
    Row(
        "unsupported-media-type",
        415,
        "A body of this type is not read here",
        "Send application/zip, application/x-tar, application/gzip (a tar in it), or JSON.",
    ),
    Row(
        "archive-refused",
        422,
        "The upload is damaged or holds what is not taken",
        "Regular files with relative paths only: no links, no devices, no `..`, no name twice.",
        ("path",),
    ),
    Row(
        "no-sources",
        422,
        "There is no Python file in the upload",
        "Add files whose names end in .py.",
    ),
    Row(
        "sources-refused",
        422,
        "The sources cannot be divided into units",
        "`detail` says why; `portalis assess` on the same files says more.",
    ),
    Row(
        "address-refused",
        422,
        "Nothing is sent to this address",
        "Name an https:// URL whose host has public addresses only; the setting "
        "`webhooks_allow_private` lifts this for tests.",
    ),
    Row(
        "too-many",
        409,
        "There are as many of them as there may be",
        "Remove one that is not needed.",
        ("allowed",),
    ),
    Row(
        "queue-full",
        429,
        "There are as many jobs as there may be",
        "Send the same request again after `Retry-After` seconds; the policy has the lengths.",
        ("retry_s",),
    ),
    Row(
        "key-reused",
        422,
        "The Idempotency-Key was used for another request",
        "Make a new key for each new request; repeat it only with the same body and options.",
    ),
    Row(
        "limit-too-low",
        422,
        "The job's own limit does not bear its first step",
        "Raise `max_cost`; a dry run says what the job is expected to cost.",
    ),
    Row(
        "invalid-request",
        422,
        "A parameter or the body has the wrong form",
        "`errors` says where and why; /openapi.json has the form.",
        ("errors",),
    ),
    Row(
        "internal",
        500,
        "A fault of ours",
        "Send the request again; if it stays, report it with the time and `instance`.",
    ),
    Row(
        "unavailable",
        503,
        "Something that is needed does not answer now",
        "Send the same request again after `Retry-After` seconds; nothing was changed.",
    ),
)

ROWS: Final[Mapping[str, Row]] = {row.code: row for row in PROBLEMS}
BY_STATUS: Final[Mapping[int, str]] = {
    401: "unauthenticated",
    403: "not-allowed",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "unsupported-media-type",
}
# The desk's own codes.
OF_REFUSAL: Final[Mapping[str, str]] = {
    "not_found": "not-found",
    "no_sources": "no-sources",
    "bad_path": "archive-refused",
    "too_many_files": "too-large",
    "too_large": "too-large",
    "idempotency_key_reused": "key-reused",
    "nothing_to_retry": "wrong-state",
    "job_goes_on": "wrong-state",
    "budget_spent": "budget-spent",
    "queue_full": "queue-full",
    "limit_too_low": "limit-too-low",
}
assert ROWS.keys() >= set(OF_REFUSAL.values())
assert len(ROWS) == len(PROBLEMS)


class Problem(Exception):  # noqa: N818 - it is what the answer is called
    """An answer that is a problem. detail: this occurrence, for people. more: the row's fields."""

    def __init__(self, code: str, detail: str = "", more: Mapping[str, Json] | None = None) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
        self.more = more or {}

    def body(self, instance: str) -> dict[str, Json]:
        """The members of the answer; instance: the path of the request."""
        row = ROWS[self.code]
        assert set(self.more) <= set(row.fields), (self.code, set(self.more))
        return {
            "type": f"/v1/problems/{row.code}",
            "title": row.title,
            "status": row.status,
            "detail": self.detail or row.title,
            "instance": instance,
            "code": row.code,
            **self.more,
        }


_HEAD = """\
# Problems that the API answers with

Generated from `src/portalis/app/problems.py`; a test compares. Each is a body of RFC 9457
(`application/problem+json`) with a stable `code`; `GET /v1/problems/CODE` answers with its row.

| code | status | title | what to do | more members |
| --- | --- | --- | --- | --- |
"""


def document() -> str:
    """The page of the documentation."""
    rows = (
        f"| `{row.code}` | {row.status} | {row.title} | {row.remedy} | "
        f"{', '.join(f'`{name}`' for name in row.fields)} |\n"
        for row in PROBLEMS
    )
    return _HEAD + "".join(rows)


if __name__ == "__main__":
    sys.stdout.write(document())
