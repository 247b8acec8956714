"""`portalis webhook …`: who is told of what happens to jobs."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from portalis.app.cli import remote
from portalis.app.cli.call import CallError

app = typer.Typer(help="Have events of jobs sent to a server of yours.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(metavar="ID", help="The id of the webhook.")]
Tenant = Annotated[str | None, typer.Option(help="Whose, if not the token's own.")]


@app.command()
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="Where to: https://…")],
    event: Annotated[
        list[str] | None,
        typer.Option(help="What is sent: job.* (the default), unit.*, *, or one type."),
    ] = None,
    name: Annotated[str, typer.Option(help="What people call it.")] = "",
    tenant: Tenant = None,
    as_json: remote.AsJson = False,
) -> None:
    """Add a webhook; stdout gets the secret of its signatures, and nothing will show it again."""
    with remote.asking() as client:
        body = {"url": url, "name": name, **({"events": event} if event else {})}
        made = client.add_webhook(body, tenant)
        if as_json:
            remote.print_json(made)
        else:
            print(f"portalis: {made['id']}; keep what follows: it is shown once", file=sys.stderr)
            print(made["secret"])


@app.command("list")
def list_webhooks(tenant: Tenant = None, as_json: remote.AsJson = False) -> None:
    """List webhooks, without their secrets."""
    with remote.asking() as client:
        found = client.webhooks(tenant)
        if as_json:
            remote.print_json(found)
            return
        rows = (
            (each["id"], each["tenant"], ",".join(each["events"]), each["url"], each["name"])
            for each in found["webhooks"]
        )
        remote.print_table(("id", "tenant", "events", "url", "name"), rows)


@app.command()
def remove(webhook_id: Id) -> None:
    """Remove a webhook with all that was still to be sent."""
    with remote.asking() as client:
        client.remove_webhook(webhook_id)


@app.command("test")
def try_out(webhook_id: Id, as_json: remote.AsJson = False) -> None:
    """Send a message now and say what came of it; exit code 1: it did not arrive."""
    with remote.asking() as client:
        found = client.test_webhook(webhook_id)
        if as_json:
            remote.print_json(found)
        else:
            said = found["message"] or f"status {found['status']}"
            print("delivered" if found["delivered"] else f"not delivered: {remote.plain(said)}")
    raise typer.Exit(0 if found["delivered"] else remote.REFUSED)


@app.command()
def deliveries(
    webhook_id: Id,
    state: Annotated[
        list[str] | None, typer.Option(help="Only these: pending, delivered, dead.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most this many.")] = 50,
    as_json: remote.AsJson = False,
) -> None:
    """List what was sent and is to be sent, the newest first."""
    with remote.asking() as client:
        found = client.deliveries(webhook_id, state or [], limit)
        if as_json:
            remote.print_json(found)
            return
        rows = (
            (
                each["id"],
                each["state"],
                str(each["tries"]),
                each["next_at"] or each["ended_at"] or "",
                each["type"],
                f"{each['job']}#{each['number']}",
                each["message"],
            )
            for each in found["deliveries"]
        )
        head = ("id", "state", "tries", "next or end", "type", "event", "message")
        remote.print_table(head, rows)


@app.command()
def replay(
    webhook_id: Id,
    delivery: Annotated[
        list[str] | None, typer.Argument(metavar="[DELIVERY]...", help="Ids of deliveries.")
    ] = None,
    dead: Annotated[bool, typer.Option("--dead", help="All that are dead.")] = False,
    as_json: remote.AsJson = False,
) -> None:
    """Send deliveries again, under their old ids."""
    with remote.asking() as client:
        if bool(delivery) == dead:
            raise CallError("either ids of deliveries or --dead are needed")
        found = client.replay_webhook(webhook_id, delivery or None)
        if as_json:
            remote.print_json(found)
        else:
            print(found["replayed"])
