"""A service, real Prometheus, real Alertmanager: run a job, break something, hear of it."""

from __future__ import annotations

import json
import signal
from pathlib import Path

from portalis.app.client import read_access
from tests.app.test_serve import call, serving
from tests.contracts.conftest import wait_for
from tests.monitoring.stack import watching

PROGRAM = "def double(n: int) -> int:\n    return 2 * n\n\n\nprint(double(21))\n"


def test_what_breaks_is_heard_of(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "stack"
    folder.mkdir()
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "main.py").write_text(PROGRAM)
    # Of such a node even a few milliseconds cost something.
    with serving(home, PORTALIS_NODE_PRICE="dgxa100.80g") as process:
        access = read_access(home)
        assert access is not None
        with watching(folder, access.url.removeprefix("http://"), access.token) as stack:
            wait_for(lambda: bool(stack.query('up{job="portalis"} == 1')))
            ran = call(home, "submit", "sources", "--wait", "--verify", "none")
            assert ran.returncode == 0, ran.stderr
            done = 'portalis_jobs_completed_total{state="done"} == 1'
            wait_for(lambda: bool(stack.query(done)))
            spent = stack.query('sum(portalis_cost_usd_total{tenant="default"})')[0]["value"][1]
            assert float(spent) > 0
            assert not stack.firing()
            seen = call(home, "alerts", "--prometheus", stack.prometheus)
            assert (seen.returncode, seen.stdout) == (0, "no alert fires, none is about to\n")

            # All of a limit is used, and nothing is above it.
            assert call(home, "budget", "set", "default", "--daily", spent).returncode == 0
            wait_for(lambda: any(b"BudgetWarning" in m.body for m in stack.slack.got))
            told = next(m.body.decode() for m in stack.slack.got if b"BudgetWarning" in m.body)
            assert "default has used 80 % of its budget of this day" in told
            assert not stack.pagerduty.got

            process.send_signal(signal.SIGKILL)
            wait_for(lambda: any(b"ClusterUnavailable" in m.body for m in stack.pagerduty.got))
            message = json.loads(
                next(m.body for m in stack.pagerduty.got if b"ClusterUnavailable" in m.body)
            )
            assert message["event_action"] == "trigger"
            assert message["routing_key"] == "a-key"
            assert message["payload"]["severity"] == "critical"
            summary = message["payload"]["summary"]
            assert summary == (
                "PortalisClusterUnavailable: no service answers, or none runs the jobs"
            )
            assert not any(b"ClusterUnavailable" in each.body for each in stack.slack.got)

            seen = call(home, "alerts", "--prometheus", stack.prometheus)
            assert seen.returncode == 1
            assert "PortalisClusterUnavailable" in seen.stdout
