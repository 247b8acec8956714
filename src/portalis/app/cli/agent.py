"""`portalis node-agent`: beside the Ray node of a spot machine, until it is taken away."""

from __future__ import annotations

import sys
import time
from typing import Annotated

import typer

from portalis.app.cli import call


def node_agent(
    ray: Annotated[str, typer.Option(help="The Ray cluster: auto, or HOST:PORT.")] = "auto",
    node: Annotated[
        str, typer.Option(help="The id of the Ray node; else that of this machine.")
    ] = "",
    metadata: Annotated[
        str, typer.Option(help="The instance metadata service.")
    ] = "http://169.254.169.254",
    poll_s: Annotated[
        float, typer.Option(min=0.05, help="How often it is asked, in seconds.")
    ] = 5.0,
) -> None:
    """Watch for the notice that a spot machine is taken away, and drain its Ray node: nothing
    new begins there, what fits the rest of the time ends there, the others begin elsewhere."""
    from portalis.core.clock import SystemClock
    from portalis.workload.executors.metadata import Metadata
    from portalis.workload.executors.node_agent import Agent, ray_drainer

    def told(text: str) -> None:
        print(f"portalis: {text}", file=sys.stderr, flush=True)

    with call.answering("the agent has stopped"):
        agent = Agent(Metadata(metadata), ray_drainer(ray, node), SystemClock(), told)
        told(f"watching {metadata} every {poll_s:g} s")
        while True:
            agent.look()
            time.sleep(poll_s)
