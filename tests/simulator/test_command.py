"""`portalis simulate` as it is called."""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from typer.testing import CliRunner

from portalis.app import scenarios
from portalis.app.cli.main import app

SMALL = """\
title: small
load: [{name: job, jobs: 2, lines: 400, unit_lines: 100}]
cluster: {instance: c7i.large}
claim: {source: nobody, time: 1 h}
"""


def test_it_prints_json_and_draws(tmp_path: Path) -> None:
    file, picture = tmp_path / "small.yaml", tmp_path / "out.svg"
    file.write_text(SMALL)
    ran = CliRunner().invoke(app, ["simulate", str(file), "--json", "--plot", str(picture)])
    assert ran.exit_code == 0, ran.output
    found = json.loads(ran.stdout)
    assert found["simulated"] is True
    assert found["variants"][0]["figures"]["jobs_done"] == 2
    assert found["variants"][0]["figures"]["cost_usd"]["adds_up"] is True
    root = ET.fromstring(picture.read_text())
    assert root.tag.endswith("svg")
    assert len(root.findall("{*}polyline")) >= 4


def test_it_is_called_simulated_beside_the_claim(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(SMALL)
    ran = CliRunner().invoke(app, ["simulate", str(file)])
    assert "small (simulated;" in ran.stdout
    assert "claimed        1 h (nobody)" in ran.stdout
    assert "none of it in `time`" in ran.stdout
    assert "price          c7i.large, on-demand, as of 2025-06-01\n" in ran.stdout
    charged = CliRunner().invoke(app, ["simulate", str(file), "--charge-deciding", "--json"])
    assert json.loads(charged.stdout)["deciding"] == "charged"


def test_a_wrong_file_is_a_wrong_call(tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text("title: x\nlaod: []\n")
    ran = CliRunner().invoke(app, ["simulate", str(file)])
    assert ran.exit_code == 2
    assert "wrong.yaml:2: laod: is no key here" in ran.stderr


def test_without_simpy_it_says_what_adds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "simpy", None)
    ran = CliRunner().invoke(app, ["simulate", "interactive"])
    assert ran.exit_code == 2
    assert "pip install 'portalis[simulate]'" in ran.stderr


@pytest.mark.parametrize("name", scenarios.shipped())
def test_what_ships_can_be_read(name: str) -> None:
    assert scenarios.scenario(name).title
