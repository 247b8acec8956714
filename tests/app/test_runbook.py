"""The runbook is true: each of its blocks is run, in order, against a real service."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from portalis.app.client import read_access
from portalis.monitoring.alerts import ALERTS
from portalis.monitoring.panels import DASHBOARDS
from tests.app.test_serve import PROGRAM, environ, serving

RUNBOOK = Path(__file__).parents[2] / "docs" / "OPERATIONS_RUNBOOK.md"
BLOCK = re.compile(r"<!-- (\d+): ([^\n]+) -->\n```sh\n(.*?)```\n", re.DOTALL)

INLINE = re.compile(r"`portalis ([a-z-]+(?: [a-z]+)*)[^`]*`")
# The service that the blocks talk to; what runs until it is told to end has tests of its own.
ELSEWHERE = {"serve", "node-agent"}


def test_every_command_in_passing_is_in_a_block() -> None:
    text = RUNBOOK.read_text("utf-8")
    blocks = "".join(commands for _, _, commands in BLOCK.findall(text))
    prose = BLOCK.sub("", text)
    verbs = {found.strip() for found in INLINE.findall(prose)}
    assert {verb for verb in verbs - ELSEWHERE if f"portalis {verb}" not in blocks} == set()
    assert verbs > ELSEWHERE


def test_panels_and_alerts_are_called_so() -> None:
    text = " ".join(RUNBOOK.read_text("utf-8").split())
    panels = set(re.findall(r'panel "([^"]+)"', text))
    alerts = set(re.findall(r"`(Portalis[A-Z]\w+)`", text))
    assert panels
    assert alerts
    assert panels <= {panel.title for board in DASHBOARDS for panel in board.panels()}
    assert alerts <= {alert.name for alert in ALERTS}


@pytest.mark.slow
def test_every_block_does_what_it_says(tmp_path: Path) -> None:
    text = RUNBOOK.read_text("utf-8")
    blocks = BLOCK.findall(text)
    # None without what is expected of it, and no other kind of block.
    assert len(blocks) == text.count("```") // 2 > 10
    home = tmp_path / "home"
    (tmp_path / "main.py").write_text(PROGRAM)
    (tmp_path / "broken.py").write_text("def (:\n")
    with serving(home):
        access = read_access(home)
        assert access is not None
        known = f'portalis() {{ {sys.executable} -m portalis "$@"; }}\n'
        known += f"portalis_url() {{ echo {access.url}; }}\n"
        for code, part, commands in blocks:
            ran = subprocess.run(
                ["bash", "-euc", known + commands],
                cwd=tmp_path,
                env=environ(home),
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            said = ran.stdout + ran.stderr
            assert ran.returncode == int(code), f"{commands}\n{said}"
            assert part in said, f"{commands}\n{said}"
