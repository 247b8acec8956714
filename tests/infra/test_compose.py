"""The compose file and the image, checked against the tree and the settings: what they name is
there, is pinned, and is found at the addresses that configuration files say. There may be no
Docker where this runs, so nothing is started."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

import portalis
from portalis.app.settings import NOT_SETTINGS, PREFIX, Settings, load

ROOT = Path(__file__).parents[2]
INFRA = ROOT / "infra"
STACK: Mapping[str, Any] = yaml.safe_load((INFRA / "compose.yaml").read_text("utf-8"))
SERVICES: Mapping[str, Any] = STACK["services"]
# What each part listens on in the namespace that all share: its image's default, or as it is told.
PORTS = {
    "portalis": 8750,
    "postgres": 5432,
    "redis": 6379,
    "s3": 9000,
    "prometheus": 9090,
    "alertmanager": 9093,
    "grafana": 3000,
}
OWN = f"portalis:{portalis.__version__}"
_SECRET = re.compile(r"\$\{(\w+):\?[^}]+\}")
# A name, and a version of two numbers at least, or a date.
_PINNED = re.compile(r"[\w./-]+:(v?\d+\.\d+[\w.-]*|RELEASE\.\d{4}[\w-]+)")


def _instructions() -> Iterator[tuple[str, str]]:
    """Of the Dockerfile: the keyword, and what follows."""
    text = (INFRA / "Dockerfile").read_text("utf-8")
    plain = re.sub(r"^#.*\n", "", text, flags=re.M).replace("\\\n", " ")
    for line in plain.splitlines():
        keyword, _, rest = line.strip().partition(" ")
        if keyword:
            yield keyword, rest


def _mounts(service: str) -> Iterator[tuple[str, PurePosixPath]]:
    for each in SERVICES[service].get("volumes", ()):
        source, target, *_ = each.split(":")
        yield source, PurePosixPath(target)


def _environment(service: str) -> dict[str, str]:
    """With a word in the place of each secret."""
    given = SERVICES[service].get("environment", {})
    return {name: _SECRET.sub("secret", value) for name, value in given.items()}


def _is_mounted(service: str, path: str) -> bool:
    wanted = PurePosixPath(path)
    return any(target == wanted or target in wanted.parents for _, target in _mounts(service))


def test_all_parts_are_there_in_one_namespace() -> None:
    assert set(SERVICES) == {"pod", "token", *PORTS}
    joined = {name for name, each in SERVICES.items() if each.get("network_mode") == "service:pod"}
    assert joined == set(SERVICES) - {"pod"}


def test_only_this_machine_reaches_what_is_published() -> None:
    published = [each.split(":") for each in SERVICES["pod"]["ports"]]
    assert {address for address, _, _ in published} == {"127.0.0.1"}
    shown = {int(inside) for _, _, inside in published}
    assert shown == {PORTS[name] for name in ("portalis", "prometheus", "alertmanager", "grafana")}
    assert not any("ports" in each for name, each in SERVICES.items() if name != "pod")


@pytest.mark.parametrize("service", SERVICES)
def test_images_are_pinned(service: str) -> None:
    image = SERVICES[service]["image"]
    if image.startswith("portalis:"):
        assert image == OWN
    else:
        assert _PINNED.fullmatch(image)


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_mounted_is_there(service: str) -> None:
    for source, target in _mounts(service):
        assert target.is_absolute()
        if source.startswith("."):
            assert (INFRA / source).exists(), source
        else:
            assert source in STACK["volumes"]


def test_no_volume_is_of_no_use() -> None:
    assert set(STACK["volumes"]) == {
        source for name in SERVICES for source, _ in _mounts(name) if not source.startswith(".")
    }


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_waited_for_can_come(service: str) -> None:
    for name, waited in SERVICES[service].get("depends_on", {}).items():
        assert name in SERVICES
        if waited["condition"] == "service_healthy":
            assert "healthcheck" in SERVICES[name]


def _of_image() -> dict[str, str]:
    """The variables that the image sets."""
    set_there = (rest for keyword, rest in _instructions() if keyword == "ENV")
    return dict(each.split("=", 1) for rest in set_there for each in shlex.split(rest))


def test_variables_of_ours_are_settings(tmp_path: Path) -> None:
    for given in (_of_image(), *map(_environment, SERVICES)):
        for name in given:
            if name.startswith(PREFIX):
                field = name.removeprefix(PREFIX).lower()
                assert name in NOT_SETTINGS or field in Settings.model_fields, name
    environ = {**_of_image(), **_environment("portalis")}
    found = load({"home": tmp_path}, environ).settings
    assert found.port == PORTS["portalis"]
    assert urlsplit(found.database_url).port == PORTS["postgres"]
    assert urlsplit(found.cache_url).port == PORTS["redis"]
    assert urlsplit(environ["AWS_ENDPOINT_URL"]).port == PORTS["s3"]
    assert _is_mounted("portalis", environ["PORTALIS_HOME"])
    assert _is_mounted("token", environ["PORTALIS_HOME"])


def test_secrets_are_asked_for() -> None:
    """No password stands in the file, and what is missing is said."""
    text = (INFRA / "compose.yaml").read_text("utf-8")
    secrets = {"POSTGRES_PASSWORD", "S3_SECRET", "GRAFANA_PASSWORD"}
    assert set(_SECRET.findall(text)) == secrets
    assert not re.search(r"\$\{(?!\w+:\?)|\$\w", text)
    for service in SERVICES:
        for name, value in SERVICES[service].get("environment", {}).items():
            if re.search("PASSWORD|SECRET", name):
                assert _SECRET.fullmatch(value), name


def test_users_and_buckets_are_those_that_are_made() -> None:
    made, asked = (
        _environment("postgres"),
        urlsplit(_environment("portalis")["PORTALIS_DATABASE_URL"]),
    )
    assert (asked.username, asked.path) == (made["POSTGRES_USER"], f"/{made['POSTGRES_DB']}")
    store, client = _environment("s3"), _environment("portalis")
    assert client["AWS_ACCESS_KEY_ID"] == store["MINIO_ROOT_USER"]
    bucket = urlsplit(client["PORTALIS_OBJECTS_URL"]).netloc
    assert f"mkdir -p /data/{bucket} " in SERVICES["s3"]["command"][0]


def test_prometheus_finds_all() -> None:
    config = yaml.safe_load((INFRA / "prometheus/prometheus.yml").read_text("utf-8"))
    jobs = {each["job_name"]: each for each in config["scrape_configs"]}
    assert jobs["portalis"]["static_configs"][0]["targets"] == [f"127.0.0.1:{PORTS['portalis']}"]
    token = jobs["portalis"]["authorization"]["credentials_file"]
    name = PurePosixPath(token).name
    assert _is_mounted("prometheus", token)
    assert f"> /scrape/{name}" in SERVICES["token"]["command"][-1]
    assert ("scrape", PurePosixPath("/scrape")) in list(_mounts("token"))
    assert ("scrape", PurePosixPath(token).parent) in list(_mounts("prometheus"))
    told = config["alerting"]["alertmanagers"][0]["static_configs"][0]["targets"]
    assert told == [f"127.0.0.1:{PORTS['alertmanager']}"]
    for pattern in config["rule_files"]:
        assert _is_mounted("prometheus", f"/etc/prometheus/{pattern}")


def test_alertmanager_finds_its_keys() -> None:
    text = (INFRA / "alertmanager/alertmanager.yml").read_text("utf-8")
    keys = re.findall(r"_file: (\S+)", text)
    assert keys
    assert all(_is_mounted("alertmanager", key) for key in keys)
    names = {PurePosixPath(key).name for key in keys}
    ignored = (INFRA / "alertmanager/secrets/.gitignore").read_text("utf-8").splitlines()
    assert "*" in ignored
    assert all(name in ignored[0] for name in names)


def test_grafana_finds_prometheus_and_the_dashboards() -> None:
    folder = INFRA / "grafana/provisioning"
    source = yaml.safe_load((folder / "datasources/prometheus.yml").read_text("utf-8"))
    assert source["datasources"][0]["url"] == f"http://127.0.0.1:{PORTS['prometheus']}"
    boards = yaml.safe_load((folder / "dashboards/portalis.yml").read_text("utf-8"))
    assert _is_mounted("grafana", boards["providers"][0]["options"]["path"])


def test_the_image_copies_what_is_there_and_is_let_in() -> None:
    let_in = {
        line.removeprefix("!")
        for line in (INFRA / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    }
    for keyword, rest in _instructions():
        if keyword == "FROM":
            assert _PINNED.fullmatch(rest.split()[0])
        if keyword == "COPY" and not rest.startswith("--from="):
            for source in rest.split()[:-1]:
                assert (ROOT / source).exists(), source
                assert source.split("/")[0] in let_in
    build = SERVICES["portalis"]["build"]
    assert (INFRA / build["context"] / build["dockerfile"]).resolve() == INFRA / "Dockerfile"


def test_the_image_has_the_extras_that_the_stack_needs() -> None:
    extras = next(
        found for _, rest in _instructions() for found in re.findall(r"/build\[(.*)\]", rest)
    )
    assert {"redis", "postgres"} <= set(extras.split(","))
