"""The routers as one application; every failure leaves as a problem of the table.

python -m portalis.app.api.application > docs/openapi.json
"""

from __future__ import annotations

import json
import logging
import sys
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

import portalis
from portalis.app.api import (
    events,
    jobs,
    meta,
    metrics,
    money,
    reports,
    results,
    similar,
    storage,
    tokens,
    webhooks,
    workers,
)
from portalis.app.api.context import Context
from portalis.app.api.views import exceeded_fields
from portalis.app.problems import BY_STATUS, MEDIA_TYPE, OF_REFUSAL, ROWS, Problem
from portalis.workload.desk import BudgetSpent, QueueFull, Refusal
from portalis.workload.ports import Conflict, Unavailable

LOG: Final = logging.getLogger(__name__)
_RETRY_AFTER_S: Final = 1
_PROBLEM_SCHEMA: Final = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "code": {"type": "string", "enum": sorted(ROWS)},
    },
}


def create(context: Context) -> FastAPI:
    """The application over these parts; it owns none of them."""
    app = application()
    app.state.context = context
    return app


def application() -> FastAPI:
    """The routes and how they answer, without what they work on."""
    app = FastAPI(
        title="Portalis",
        version=portalis.__version__,
        description="Python in, a verified Rust crate out: jobs of many tenants.",
        responses={
            "default": {
                "description": "A problem (RFC 9457): see /v1/problems/{code}.",
                "content": {MEDIA_TYPE: {"schema": _PROBLEM_SCHEMA}},
            }
        },
    )
    first = (jobs, events, results, similar, money, reports, webhooks)
    for module in (*first, storage, tokens, workers, meta, metrics):
        app.include_router(module.router)
    app.add_exception_handler(Exception, _answer)
    for kind in (Problem, RequestValidationError, HTTPException, Refusal, Conflict, Unavailable):
        app.add_exception_handler(kind, _answer)
    return app


async def _answer(request: Request, error: Exception) -> Response:
    problem = _problem(error)
    status = ROWS[problem.code].status
    headers = {
        401: {"WWW-Authenticate": "Bearer"},
        429: {"Retry-After": str(problem.more.get("retry_s", _RETRY_AFTER_S))},
        503: {"Retry-After": str(_RETRY_AFTER_S)},
    }.get(status)
    if status >= 500:
        LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    return JSONResponse(
        problem.body(request.url.path), status, headers=headers, media_type=MEDIA_TYPE
    )


def _problem(error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, RequestValidationError):
        errors = [
            {"at": jsonable_encoder(one["loc"]), "message": str(one["msg"])}
            for one in error.errors()
        ]
        return Problem("invalid-request", str(errors[0]["message"]), {"errors": errors})
    if isinstance(error, BudgetSpent):
        return Problem(OF_REFUSAL[error.code], str(error), exceeded_fields(error.over))
    if isinstance(error, QueueFull):
        return Problem(OF_REFUSAL[error.code], str(error), {"retry_s": error.retry_s})
    if isinstance(error, Refusal):
        return Problem(OF_REFUSAL[error.code], str(error))
    if isinstance(error, Conflict):
        return Problem("changed-meanwhile")
    if isinstance(error, Unavailable):
        return Problem("unavailable")
    if isinstance(error, HTTPException) and error.status_code in BY_STATUS:
        return Problem(BY_STATUS[error.status_code])
    if isinstance(error, HTTPException) and error.status_code < 500:
        return Problem("invalid-request", str(error.detail))
    return Problem("internal")


def document() -> str:
    """The description of the API, as it is published."""
    return json.dumps(application().openapi(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(document())
