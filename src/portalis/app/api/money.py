"""Budgets and costs: set by operators, read by whom they concern."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from portalis.app.api.context import ByCaller, ByOperator, InContext
from portalis.app.api.views import BudgetsView, BudgetView, ForecastView
from portalis.app.problems import Problem
from portalis.core.money import NotMoney, microusd
from portalis.cost.report import export
from portalis.workload.books import budget_of
from portalis.workload.model.ledger import Window

router = APIRouter(prefix="/v1", tags=["money"])

_WINDOWS: Final = {"daily": Window.DAY, "weekly": Window.WEEK, "monthly": Window.MONTH}
_MEDIA: Final = {"json": "application/json", "csv": "text/csv", "text": "text/plain"}
_FORMS: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {media: {} for media in _MEDIA.values()}, "description": "The report."}
}
Dollars = Annotated[Decimal | None, Field(ge=0, description="In dollars; null: no limit.")]


class BudgetBody(BaseModel):
    """What a tenant may spend; windows are UTC: days, ISO weeks, months."""

    model_config = ConfigDict(extra="forbid")

    daily: Dollars = None
    weekly: Dollars = None
    monthly: Dollars = None
    lifetime: Dollars = None
    alert: Decimal = Field(default=Decimal("0.8"), gt=0, le=1, description="Part of a limit.")
    hard_stop: bool = Field(default=True, description="Else the tenant is only told.")


@router.put("/budgets/{tenant}")
def set_budget(tenant: str, body: BudgetBody, context: InContext, caller: ByOperator) -> BudgetView:
    """Instead of what the tenant had. Jobs that the old one stopped go on by themselves if the
    new one bears them."""
    try:
        budget = budget_of(
            caller.acts_for(tenant),
            {
                Window.DAY: _limit(body.daily),
                Window.WEEK: _limit(body.weekly),
                Window.MONTH: _limit(body.monthly),
                Window.LIFETIME: _limit(body.lifetime),
            },
            alert_permille=int(body.alert * 1000),
            hard_stop=body.hard_stop,
            now_ms=context.clock.now_ms(),
        )
    except (NotMoney, ValueError) as error:
        raise Problem("invalid-request", str(error)) from error
    return BudgetView.of(context.books.set_budget(budget))


def _limit(given: Decimal | None) -> int | None:
    return None if given is None else microusd(given)


@router.get("/budgets")
def budgets(context: InContext, caller: ByCaller) -> BudgetsView:
    """The caller's own; an operator sees all."""
    mine = caller.sees(None)
    found = context.books.standings() if mine is None else [context.books.standing(mine)]
    return BudgetsView(budgets=[BudgetView.of(each) for each in found])


@router.get("/budgets/{tenant}")
def budget(tenant: str, context: InContext, caller: ByCaller) -> BudgetView:
    """A tenant's budget, and how its windows stand."""
    return BudgetView.of(context.books.standing(caller.acts_for(tenant)))


@router.get("/costs", response_class=Response, responses=_FORMS)
def costs(
    context: InContext,
    caller: ByCaller,
    tenant: Annotated[str | None, Query(description="Whose; an operator sees all else.")] = None,
    window: Annotated[
        Literal["daily", "weekly", "monthly"], Query(description="The present one.")
    ] = "daily",
    since: Annotated[datetime | None, Query(description="Instead of the window's start.")] = None,
    form: Annotated[Literal["json", "csv", "text"], Query(alias="format")] = "json",
) -> Response:
    """What was spent, by machine, job and day, and what would have cost less."""
    from_ms, until_ms = context.books.present(_WINDOWS[window])
    if since is not None:
        if since.tzinfo is None:
            raise Problem("invalid-request", "`since` needs a time zone, as in 2026-11-29T00:00Z")
        from_ms = int(since.timestamp() * 1000)
    found = context.books.report(caller.sees(tenant), from_ms, until_ms)
    return Response(export(found, form), media_type=_MEDIA[form])


@router.get("/costs/forecast")
def forecast(
    context: InContext,
    caller: ByCaller,
    tenant: Annotated[str | None, Query(description="Whose, if not the token's own.")] = None,
) -> ForecastView:
    """By the pace of the last seven whole days."""
    whose = caller.acts_for(tenant)
    return ForecastView.of(whose, context.books.forecast(whose))
