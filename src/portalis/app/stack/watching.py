"""The configurations that ship, for a stack at other addresses: Prometheus, Alertmanager, Grafana.

The files of `infra/` say what production has; here only addresses and places of files change.
"""

from __future__ import annotations

import functools
import json
import shutil
from pathlib import Path
from typing import Any, Final

import yaml

import portalis
from portalis.monitoring.alerts import rules

RULES: Final = "rules.yml"
TOKEN: Final = "token"
SECRETS: Final = "secrets"

Config = dict[str, Any]


@functools.cache
def shipped() -> Path:
    """The folder of what `infra/` holds for them: inside an installed package, else in the
    checkout. Raises FileNotFoundError if the installation lacks it."""
    package = Path(portalis.__file__).resolve().parent
    for folder in (package / "_infra", package.parents[1] / "infra"):
        if (folder / "prometheus/prometheus.yml").is_file():
            return folder
    raise FileNotFoundError("configurations are not part of this installation of portalis")


def prometheus_config(folder: Path, service: str, alertmanager: str) -> Config:
    """Of a Prometheus in that folder. service, alertmanager: HOST:PORT."""
    config = _read("prometheus/prometheus.yml")
    config["rule_files"] = [str(folder / RULES)]
    config["alerting"]["alertmanagers"][0]["static_configs"] = [{"targets": [alertmanager]}]
    own = scraped(config)["portalis"]
    own["authorization"]["credentials_file"] = str(folder / TOKEN)
    own["static_configs"] = [{"targets": [service]}]
    return config


def scraped(config: Config) -> dict[str, Config]:
    """What a configuration of Prometheus scrapes, by name."""
    return {each["job_name"]: each for each in config["scrape_configs"]}


def write_prometheus(folder: Path, config: Config, token: str, faster: int = 1) -> None:
    """token: by which it reads the service. faster: by how much the times of rules are shorter."""
    folder.mkdir(parents=True, exist_ok=True)
    secret = folder / TOKEN
    secret.touch(mode=0o600)
    secret.write_text(token)
    (folder / RULES).write_text(rules(faster), "utf-8")
    _write(folder / "prometheus.yml", config)


def alertmanager_config(folder: Path) -> Config:
    """Of an Alertmanager in that folder. Its keys are looked for in the folder `secrets` there, by
    their names in production; without them alerts are shown and not sent."""
    config = _read("alertmanager/alertmanager.yml")
    for receiver in config["receivers"]:
        for name, settings in receiver.items():
            if name.endswith("_configs"):
                for each in settings:
                    for key in [key for key in each if key.endswith("_file")]:
                        each[key] = str(folder / SECRETS / Path(each[key]).name)
    return config


def write_alertmanager(folder: Path, config: Config) -> None:
    (folder / SECRETS).mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(folder / "alertmanager.yml", config)


def write_grafana(folder: Path, prometheus: str) -> None:
    """prometheus: its URL."""
    shutil.copytree(shipped() / "grafana/provisioning", folder / "provisioning", dirs_exist_ok=True)
    sources = _read("grafana/provisioning/datasources/prometheus.yml")
    sources["datasources"][0]["url"] = prometheus
    _write(folder / "provisioning/datasources/prometheus.yml", sources)
    boards = _read("grafana/provisioning/dashboards/portalis.yml")
    boards["providers"][0]["options"]["path"] = str(shipped() / "grafana/dashboards")
    _write(folder / "provisioning/dashboards/portalis.yml", boards)


def _read(name: str) -> Config:
    found: Config = yaml.safe_load((shipped() / name).read_text("utf-8"))
    return found


def _write(path: Path, config: Config) -> None:
    # YAML takes JSON.
    path.write_text(json.dumps(config, indent=1), "utf-8")
