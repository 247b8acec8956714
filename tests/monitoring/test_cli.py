"""`portalis alerts` where Prometheus is not, or is something else, or says much."""

from __future__ import annotations

import json
from pathlib import Path

from tests.app.test_serve import call
from tests.monitoring.stack import exporting, free_port

TOLD = {
    "status": "success",
    "data": {
        "alerts": [
            {
                "labels": {"alertname": name, "severity": severity, "tenant": "ann"},
                "annotations": {"summary": f"about {name}"},
                "state": state,
                "activeAt": f"2026-11-29T0{hour}:00:00.5Z",
                "value": "1e+00",
            }
            for name, severity, state, hour in (
                ("Queue", "warning", "pending", 1),
                ("Budget", "critical", "firing", 3),
                ("Errors", "critical", "firing", 2),
            )
        ]
    },
}


def test_a_prometheus_that_does_not_answer(tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{free_port()}"
    ran = call(tmp_path / "home", "alerts", "--prometheus", address)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"portalis: no Prometheus answers at {address}: ")


def test_something_else_that_answers(tmp_path: Path) -> None:
    for text in ("<html>", "[]", '{"data": {"alerts": [{}]}}'):
        with exporting(text) as address:
            ran = call(tmp_path / "home", "alerts", "--prometheus", f"http://{address}/")
        assert ran.returncode == 2
        assert ran.stderr == f"portalis: what answers at http://{address}/ is no Prometheus\n"


def test_no_address(tmp_path: Path) -> None:
    ran = call(tmp_path / "home", "alerts", "--prometheus", "what is this")
    assert ran.returncode == 2
    assert "no Prometheus answers at what is this" in ran.stderr


def test_the_critical_and_the_oldest_come_first(tmp_path: Path) -> None:
    with exporting(json.dumps(TOLD)) as address:
        asked = ("alerts", "--prometheus", f"http://{address}")
        ran = call(tmp_path / "home", *asked)
        as_json = call(tmp_path / "home", *asked, "--json")
    assert (ran.returncode, as_json.returncode) == (1, 1)
    assert [line.split()[2] for line in ran.stdout.splitlines()[1:]] == [
        "Errors",
        "Budget",
        "Queue",
    ]
    found = json.loads(as_json.stdout)
    assert found["schema"] == "portalis.alerts/1"
    assert found["alerts"][0] == {
        "name": "Errors",
        "severity": "critical",
        "state": "firing",
        "since": "2026-11-29T02:00:00.5Z",
        "labels": {"tenant": "ann"},
        "summary": "about Errors",
    }
