"""`portalis token …`: who may act for which tenant. For operators."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from portalis.app.cli import remote
from portalis.app.cli.call import CallError

app = typer.Typer(help="Make, list and revoke tokens (operators).", no_args_is_help=True)


@app.command()
def create(
    tenant: Annotated[str | None, typer.Option(help="For whom it acts.")] = None,
    operator: Annotated[
        bool, typer.Option("--operator", help="It acts for anybody, and makes tokens.")
    ] = False,
    name: Annotated[str, typer.Option(help="What people call it.")] = "",
    days: Annotated[int | None, typer.Option(min=1, help="When it ends; else never.")] = None,
    as_json: remote.AsJson = False,
) -> None:
    """Make a token; stdout gets it, and nothing will ever show it again."""
    with remote.asking() as client:
        if (tenant is None) != operator:
            raise CallError("either --tenant T or --operator is needed")
        made = client.create_token(tenant, name, days)
        if as_json:
            remote.print_json(made)
        else:
            print(f"portalis: {made['id']}; keep what follows: it is shown once", file=sys.stderr)
            print(made["token"])


@app.command("list")
def list_tokens(
    tenant: Annotated[str | None, typer.Option(help="Only of this tenant.")] = None,
    as_json: remote.AsJson = False,
) -> None:
    """List tokens; what they open with is not known here."""
    with remote.asking() as client:
        found = client.tokens(tenant)
        if as_json:
            remote.print_json(found)
            return
        rows = (
            (
                token["id"],
                token["tenant"] or "(operator)",
                token["created_at"],
                token["expires_at"] or "",
                token["revoked_at"] or "",
                token["name"],
            )
            for token in found["tokens"]
        )
        remote.print_table(("id", "tenant", "created", "expires", "revoked", "name"), rows)


@app.command()
def revoke(
    token_id: Annotated[str, typer.Argument(metavar="ID", help="The part before the dot.")],
) -> None:
    """Make a token void."""
    with remote.asking() as client:
        client.revoke_token(token_id.partition(".")[0])


@app.command()
def rotate(
    token_id: Annotated[str, typer.Argument(metavar="ID", help="The part before the dot.")],
    overlap_s: Annotated[
        int, typer.Option(min=0, metavar="S", help="For so many seconds the old one stays good.")
    ] = 0,
    as_json: remote.AsJson = False,
) -> None:
    """Put another token in its place; the old one is void at once, or after the overlap. stdout
    gets the new one; the token by which this machine finds its service is replaced there."""
    from portalis.app.client import Access, read_access, write_access
    from portalis.core.settings import default_home

    with remote.asking() as client:
        asked = token_id.partition(".")[0]
        made = client.rotate_token(asked, overlap_s)
        home = default_home(os.environ)
        left = read_access(home)
        if left is not None and left.token.partition(".")[0] == asked:
            write_access(home, Access(left.url, made["token"]))
        if as_json:
            remote.print_json(made)
            return
        print(f"portalis: {made['id']}; keep what follows: it is shown once", file=sys.stderr)
        print(made["token"])
