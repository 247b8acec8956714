"""`portalis storage …`: what lies in the object store and in the cache."""

from __future__ import annotations

from typing import Annotated

import typer

from portalis.app.cli import remote

app = typer.Typer(help="Look after what is stored (operators).", no_args_is_help=True)


@app.command()
def stats(as_json: remote.AsJson = False) -> None:
    """Count what lies there, by tenant and kind."""
    with remote.asking() as client:
        found = client.storage()
        if as_json:
            remote.print_json(found)
            return
        rows = [
            (each["tenant"] or "(unknown)", kind, amount)
            for each in found["tenants"]
            for kind, amount in each["kinds"].items()
        ]
        rows += [("", "aside", found["aside"]), ("", "total", found["total"])]
        remote.print_table(
            ("tenant", "kind", "objects", "bytes"),
            [(t, kind, f"{a['objects']:,}", f"{a['bytes']:,}") for t, kind, a in rows],
        )


@app.command()
def cache(as_json: remote.AsJson = False) -> None:
    """Say what was not translated again since the service began."""
    with remote.asking() as client:
        found = client.cache()
        if as_json:
            remote.print_json(found)
            return
        known = found["hits"] + found["misses"]
        rate = f"{found['hits'] / known:.0%} of {known:,} units" if known else "no unit yet"
        print(f"hits     {found['hits']:,} ({rate})")
        print(f"saved    {found['saved_s']:,.1f} s of work")
        print(f"holds    {found['entries']:,} entries, {found['bytes']:,} bytes")


@app.command()
def gc(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it would do.")] = False,
    grace_hours: Annotated[float, typer.Option(min=1, help="Nothing younger is touched.")] = 24.0,
    as_json: remote.AsJson = False,
) -> None:
    """Put aside what no job names; delete what has been aside for longer than the grace."""
    with remote.asking() as client:
        found = client.collect(grace_hours, dry_run=dry_run)
        if as_json:
            remote.print_json(found)
            return
        rows = [
            (name.replace("_", " "), f"{found[name]['objects']:,}", f"{found[name]['bytes']:,}")
            for name in ("put_aside", "deleted", "brought_back")
        ]
        remote.print_table(("would be" if dry_run else "", "objects", "bytes"), rows)
