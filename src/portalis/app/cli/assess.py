"""`portalis assess` and `portalis plan`: dry runs of the compiler, read as decisions."""

from __future__ import annotations

import enum
import os
import sys
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated

import typer

from portalis.app.cli import call
from portalis.app.cli.call import CallError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from portalis.translate.assess.as_text import Sheet
    from portalis.translate.assess.assessment import Assessment, Share


class FormatOption(enum.StrEnum):
    """How the answer is written on stdout."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    MD = "md"


Sources = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="A package folder, Python files, or - for stdin."),
]
Format = Annotated[FormatOption, typer.Option("--format", "-f", help="What stdout gets.")]


def assess(
    sources: Sources,
    form: Format = FormatOption.TEXT,
    price: Annotated[
        str | None,
        typer.Option(
            "--usd-per-core-hour", metavar="USD", help="Predict the cost at this price, too."
        ),
    ] = None,
) -> None:
    """Say what a translation would bring, and what holds lines back: nothing is written."""
    from portalis.translate.assess.as_json import assessment_json
    from portalis.translate.assess.as_text import assessment_sheets, forecast, headline

    with call.answering():
        usd = _price(price)
        made = _dry_run(sources)
        if form is FormatOption.JSON:
            sys.stdout.write(assessment_json(made, usd))
            return
        lines = [headline(made.share), f"predicted: {forecast(made.effort)}"]
        if usd is not None:
            lines.append(
                f"predicted cost: {made.effort.cost_usd(usd)} USD at {usd} USD a core hour"
            )
        title = f"Assessment of {', '.join(sources)}"
        _write(form, title, made.share, lines, assessment_sheets(made))


def plan(sources: Sources, form: Format = FormatOption.TEXT) -> None:
    """Say in which order to migrate: after what is imported, and the best first."""
    from portalis.translate.assess import plan as planning
    from portalis.translate.assess.as_json import plan_json
    from portalis.translate.assess.as_text import headline, plan_sheet

    with call.answering():
        made = planning.plan(_dry_run(sources))
        if form is FormatOption.JSON:
            sys.stdout.write(plan_json(made))
            return
        title = f"Plan for {', '.join(sources)}"
        _write(form, title, made.share, [headline(made.share)], [plan_sheet(made)])


def _price(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        price = Decimal(text)
    except InvalidOperation:
        price = Decimal(-1)
    if not price.is_finite() or price < 0:
        raise CallError(f"--usd-per-core-hour {text}: a price in USD such as 0.05 is needed")
    return price


def _dry_run(sources: list[str]) -> Assessment:
    from portalis.translate.assess.assessment import assess as judge
    from portalis.translate.pipeline import Settings

    settings = Settings(verify="none", jobs=os.cpu_count() or 1, cached=True)
    loaded = call.read(sources, settings)
    with call.progress(("translate",)) as on_stage:
        translated = call.run(loaded, settings, on_stage)
    own = (text for path, text in translated.crate.files.items() if path.endswith(".rs"))
    return judge(translated.report, sum(text.count("\n") for text in own))


def _write(
    form: FormatOption, title: str, share: Share, lines: Sequence[str], sheets: Iterable[Sheet]
) -> None:
    if form is FormatOption.HTML:
        from portalis.translate.assess.as_html import page

        sys.stdout.write(page(title, share, lines, sheets))
    elif form is FormatOption.MD:
        from portalis.translate.assess.as_text import markdown

        sys.stdout.write(markdown(title, lines, sheets))
    else:
        from portalis.translate.assess.as_text import print_sheets

        print_sheets(call.stdout_console(), lines, sheets)
