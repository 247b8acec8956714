"""Programs of other people that parts of the stack are: where they are, and how one gets them."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final


class MissingError(Exception):
    """A program is not installed; the text says which, and the command that installs it."""


@dataclass(frozen=True, slots=True)
class Program:
    """names: under any of which it is found. install: the command; what it needs first, after a
    comma. beyond: folders beside PATH, as patterns; the last in the order of names is taken."""

    names: tuple[str, ...]
    install: str
    beyond: tuple[str, ...] = ()

    def find(self) -> str | None:
        """Its path, if it is installed."""
        for name in self.names:
            for place in self._places():
                if found := shutil.which(name, path=place):
                    return found
        return None

    def path(self) -> str:
        """Raises MissingError."""
        found = self.find()
        if found is None:
            raise MissingError(f"{self.names[0]} is not installed: {self.install}")
        return found

    def _places(self) -> list[str]:
        """What is installed beside this Python comes before what PATH has by chance."""
        root = Path("/")
        more = [str(each) for pattern in self.beyond for each in sorted(root.glob(pattern))[::-1]]
        return [str(Path(sys.executable).parent), os.environ.get("PATH", ""), *more]


REDIS: Final = Program(("redis-server",), "apt-get install redis-server")
REDIS_CLI: Final = Program(("redis-cli",), "apt-get install redis-tools")
# Debian keeps the programs of each version in a folder of their own.
POSTGRES: Final = Program(("initdb",), "apt-get install postgresql", ("usr/lib/postgresql/*/bin",))
S3: Final = Program(("minio", "moto_server"), "pip install 'moto[server]'")
PROMETHEUS: Final = Program(("prometheus",), "apt-get install prometheus")
ALERTMANAGER: Final = Program(
    ("prometheus-alertmanager", "alertmanager"), "apt-get install prometheus-alertmanager"
)
GRAFANA: Final = Program(
    ("grafana", "grafana-server"),
    "apt-get install grafana, from the repository at https://apt.grafana.com",
    ("usr/sbin", "usr/share/grafana/bin"),
)
