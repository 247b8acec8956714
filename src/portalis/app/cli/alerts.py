"""`portalis alerts`: what Prometheus says is wrong, for those who look in the morning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from portalis.app.cli import call, remote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TIMEOUT_S = 10.0
Alert = dict[str, Any]


def alerts(
    prometheus: Annotated[
        str, typer.Option(metavar="URL", help="The address of Prometheus.")
    ] = "http://127.0.0.1:9090",
    as_json: remote.AsJson = False,
) -> None:
    """Show the alerts that fire, or are about to. The exit code is 1 if any fires."""
    with call.answering():
        found = _read(prometheus)
        if as_json:
            remote.print_json({"schema": "portalis.alerts/1", "alerts": found})
        else:
            _print(found)
        if any(each["state"] == "firing" for each in found):
            raise typer.Exit(1)


def _read(prometheus: str) -> Sequence[Alert]:
    """Those of Prometheus, the critical and the oldest first. Raises call.CallError."""
    import httpx

    try:
        answer = httpx.get(f"{prometheus.rstrip('/')}/api/v1/alerts", timeout=_TIMEOUT_S)
        answer.raise_for_status()
        told: Sequence[Mapping[str, Any]] = answer.json()["data"]["alerts"]
        found = [_alert(each) for each in told]
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise call.CallError(f"no Prometheus answers at {prometheus}: {error}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise call.CallError(f"what answers at {prometheus} is no Prometheus") from error
    return sorted(found, key=lambda each: (each["severity"], each["since"], each["name"]))


def _alert(told: Mapping[str, Any]) -> Alert:
    labels = dict(told["labels"])
    return {
        "name": labels.pop("alertname"),
        "severity": labels.pop("severity", "none"),
        "state": str(told["state"]),
        "since": str(told["activeAt"]),
        "labels": labels,
        "summary": str(told["annotations"].get("summary", "")),
    }


def _print(found: Sequence[Alert]) -> None:
    if not found:
        print("no alert fires, none is about to")
        return
    rows = [
        (each["state"], each["severity"], each["name"], each["since"][:19], each["summary"])
        for each in found
    ]
    remote.print_table(("state", "severity", "alert", "since (UTC)", "summary"), rows)
