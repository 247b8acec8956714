"""Settings: defaults, then a file, then the environment, then flags -> one frozen value.

Each value remembers where it came from. What is not known is refused: a setting that nobody
reads would be taken for one that works.
"""

from __future__ import annotations

import importlib.util
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit, urlunsplit

from pydantic import Field, ValidationError

from portalis.core.settings import SettingsModel, default_home
from portalis.storage.policies import shipped_path

PREFIX: Final = "PORTALIS_"
FILE_NAME: Final = "portalis.toml"
EMBEDDED: Final = "embedded"
# Variables of the same prefix that are read elsewhere: by the client and by the compiler.
NOT_SETTINGS: Final = frozenset(
    PREFIX + name for name in ("CONFIG", "URL", "TOKEN", "DEBUG", "CACHE", "TYPES")
)


class SettingsError(Exception):
    """The settings cannot be used; the text says which, where, and what would do."""


class Settings(SettingsModel):
    """What `portalis serve` runs by."""

    home: Path
    """The folder of everything that is kept here."""
    host: str = "127.0.0.1"
    """The address to listen on."""
    port: int = Field(default=8750, ge=0, le=65535)
    """The port to listen on; 0: any that is free."""
    database_url: str
    """Where the facts are: sqlite:///PATH or postgresql://…"""
    objects_url: str
    """Where sources and results are: file://PATH, s3://BUCKET/PREFIX, or, of one process alone,
    memory://"""
    cache_url: str = EMBEDDED
    """Where translations are cached: embedded (in the home folder), redis://… or rediss://…"""
    executor: str = "local"
    """What runs the units: local (a pool of processes), ray (a cluster on this machine, or that
    of RAY_ADDRESS), auto (the cluster this machine is in), ray:HOST:PORT or ray://HOST:PORT"""
    workers: int = Field(default=0, ge=0)
    """How many units run at once, at most; 0: one a core, of this machine or of the cluster."""
    scale_nodes: int = Field(default=0, ge=0)
    """Nodes that the autoscaler of the Ray cluster is asked for, at most; 0: it is not asked."""
    scale_node: str = "CPU=1"
    """What such a node has, by Ray's names: CPU=16,GPU=8."""
    scale_slot: str = "CPU=1"
    """What one unit at work takes of it: CPU=2,GPU=1."""
    scale_idle_s: float = Field(default=120.0, ge=0)
    """After this long without work, in seconds, no node is asked for, unless the policy has a rule
    of idle time."""
    scale_spot: bool = False
    """Whether spot nodes are asked for: those with Ray's label ray.io/market-type=spot."""
    scale_fallback_s: float = Field(default=300.0, ge=0)
    """After this long without them, in seconds, nodes on demand are asked for in their place."""
    durability: Literal["normal", "full"] = "normal"
    """Of SQLite: normal survives the end of any process, full also a power cut."""
    webhooks_allow_private: bool = False
    """Whether webhooks may be sent to private and loopback addresses, and without TLS."""
    metrics_on_loopback: bool = False
    """Whether callers on this machine may read /metrics without a token; not behind a proxy."""
    log_json: bool = False
    """Whether what happens to jobs and units, and all that is logged, goes to stderr as lines of
    JSON."""
    traces_url: str = Field(default="", pattern=r"^(https?://.+)?$")
    """Where traces of jobs are sent: an OTLP/HTTP receiver, as http://HOST:4318; empty: nowhere"""
    node_price: str = "local"
    """What a node costs: an instance of the price catalog; none: nothing is charged."""
    pricing_model: Literal["on_demand", "spot", "reserved"] = "on_demand"
    """How the nodes are paid for."""
    prices: str = ""
    """A price catalog (CSV) instead of the one that is shipped."""
    policy: str = ""
    """The policy of queues, sizes and quotas (YAML) instead of the one that is shipped."""
    upload_max_bytes: int = Field(default=256_000_000, gt=0)
    """The size of an upload, packed and unpacked, in bytes."""
    upload_max_files: int = Field(default=50_000, gt=0)
    """How many files an upload may hold."""
    upload_max_depth: int = Field(default=32, gt=0)
    """How many folders deep a file of an upload may lie."""


# What depends on the folder: a template each.
_IN_HOME: Final = {
    "database_url": "sqlite:///{home}/state.db",
    "objects_url": "file://{home}/objects",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value came from: default, file, environment or flag, and the place there."""

    kind: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.place}".rstrip()


@dataclass(frozen=True, slots=True)
class InForce:
    """The settings and the origin of each."""

    settings: Settings
    origins: Mapping[str, Origin]

    def rows(self) -> list[tuple[str, str, Origin]]:
        """Name, value as it may be shown, origin: in the order of the model."""
        values = self.settings.model_dump(mode="json")
        return [
            (name, hide_password(str(value)), self.origins[name]) for name, value in values.items()
        ]


@dataclass(frozen=True, slots=True)
class _Given:
    value: object
    origin: Origin


def load(flags: Mapping[str, object], environ: Mapping[str, str] | None = None) -> InForce:
    """What is in force. flags: by name; None: not given. The file is $PORTALIS_CONFIG, else
    `portalis.toml` in the home folder if there is one. Raises SettingsError."""
    env = os.environ if environ is None else environ
    flagged = {
        name: _Given(value, Origin("flag", f"--{name.replace('_', '-')}"))
        for name, value in flags.items()
        if value is not None
    }
    from_env = _from_environment(env)
    home = _home(env, flagged)
    given = {
        "home": _Given(str(home), Origin("default")),
        **{
            name: _Given(template.format(home=home), Origin("default"))
            for name, template in _IN_HOME.items()
        },
        "policy": _Given(str(shipped_path()), Origin("default")),
        **_from_file(env, home),
        **from_env,
        **flagged,
    }
    given["home"] = _Given(str(home), given["home"].origin)
    return _validated(given)


def _home(env: Mapping[str, str], flagged: Mapping[str, _Given]) -> Path:
    flag = flagged.get("home")
    return Path(str(flag.value)).expanduser().resolve() if flag else default_home(env)


def _from_environment(env: Mapping[str, str]) -> dict[str, _Given]:
    given = {}
    for variable in sorted(env):
        if not variable.startswith(PREFIX) or variable in NOT_SETTINGS:
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name not in Settings.model_fields:
            known = ", ".join(PREFIX + field.upper() for field in Settings.model_fields)
            raise SettingsError(
                f"the environment has {variable}, which is no setting; there are: {known}"
            )
        given[name] = _Given(env[variable], Origin("environment", variable))
    return given


def _from_file(env: Mapping[str, str], home: Path) -> dict[str, _Given]:
    named = env.get(PREFIX + "CONFIG")
    path = Path(named).expanduser() if named else home / FILE_NAME
    if not named and not path.is_file():
        return {}
    try:
        text = path.read_text("utf-8")
        values = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: {error}") from error
    given = {}
    for name, value in values.items():
        place = f"{path}:{_line_of(name, text)}"
        if name == "home" or name not in Settings.model_fields:
            known = ", ".join(field for field in Settings.model_fields if field != "home")
            raise SettingsError(f"{place}: `{name}` is no setting here; there are: {known}")
        given[name] = _Given(value, Origin("file", place))
    return given


def _line_of(name: str, text: str) -> int:
    """The line of a top-level key or table of a TOML text; 1 where it hides."""
    pattern = re.compile(rf"""\s*\[?\s*["']?{re.escape(name)}["']?\s*[\].=]""")
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if pattern.match(line)), 1)


def _validated(given: Mapping[str, _Given]) -> InForce:
    try:
        settings = Settings.model_validate({name: one.value for name, one in given.items()})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise SettingsError(f"{given[name].origin}: {name}: {first['msg']}") from error
    origins = {
        name: given[name].origin if name in given else Origin("default")
        for name in Settings.model_fields
    }
    _check_schemes(settings, origins)
    return InForce(settings, origins)


@dataclass(frozen=True, slots=True)
class _Part:
    """A scheme that a setting takes. module, extra: what it needs beyond the base install."""

    setting: str
    schemes: tuple[str, ...]
    module: str = ""
    extra: str = ""


PARTS: Final = (
    _Part("database_url", ("sqlite",)),
    _Part("database_url", ("postgresql",), "psycopg", "postgres"),
    _Part("objects_url", ("file", "memory", "s3")),
    _Part("cache_url", (EMBEDDED,)),
    _Part("cache_url", ("redis", "rediss"), "redis", "redis"),
    _Part("executor", ("local",)),
    _Part("executor", ("ray", "auto"), "ray", "ray"),
)


def _check_schemes(settings: Settings, origins: Mapping[str, Origin]) -> None:
    for name in dict.fromkeys(part.setting for part in PARTS):
        value: str = getattr(settings, name)
        parts = [part for part in PARTS if part.setting == name]
        part = next((part for part in parts if _scheme(value) in part.schemes), None)
        if part is None:
            known = ", ".join(scheme for part in parts for scheme in part.schemes)
            raise SettingsError(
                f"{origins[name]}: {name} = {hide_password(value)!r}: it begins with one of {known}"
            )
        if part.module and importlib.util.find_spec(part.module) is None:
            raise SettingsError(
                f"{origins[name]}: {name} = {hide_password(value)!r} needs an extra: "
                f"pip install 'portalis[{part.extra}]'"
            )


def _scheme(value: str) -> str:
    return value.partition(":")[0].partition("+")[0]


def hide_password(value: str) -> str:
    """The value with the password of a URL, if there is one, as stars."""
    if "@" not in value or "://" not in value:
        return value
    parts = urlsplit(value)
    if parts.password is None:
        return value
    user, host = parts.username or "", parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}:***@{host}"))
