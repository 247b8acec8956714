"""The folder of a stack: what runs in it, told by whoever keeps it running.

FOLDER/lock          held while the stack runs; has the keeper's process number
FOLDER/stack.json    the parts
FOLDER/secrets.json  passwords, made once
FOLDER/keeper.log    what the keeper has to say
FOLDER/PART/         of each part: its data, its configuration, its log
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

SCHEMA: Final = "portalis.dev/1"
LOCK, STACK, SECRETS, LOG = "lock", "stack.json", "secrets.json", "keeper.log"
_LOOK_S: Final = 0.05


class StackError(Exception):
    """What was asked of the stack cannot be done; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A part. url: without its password. pid: of its process. ended: its exit code, once it has
    ended by itself."""

    name: str
    url: str
    port: int
    pid: int
    log: str
    ended: int | None = None


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Nobody else keeps a stack there meanwhile. Raises StackError."""
    with (folder / LOCK).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StackError(f"a stack runs in {folder} already") from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def keeper(folder: Path) -> int | None:
    """The process that keeps the stack of the folder, if it runs."""
    try:
        with (folder / LOCK).open("r") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                text = lock.read()
                # Who has just taken it is about to write.
                return int(text) if text.isdecimal() else None
            return None
    except OSError:
        return None


def stop(folder: Path, seconds: float) -> bool:
    """End the stack of the folder; whether there was one. Raises StackError."""
    pid = keeper(folder)
    if pid is None:
        return False
    os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + seconds
    while keeper(folder) == pid:
        if time.monotonic() > until:
            raise StackError(f"the stack in {folder} does not end; process {pid} keeps it")
        time.sleep(_LOOK_S)
    return True


def write(folder: Path, parts: Mapping[str, Running]) -> None:
    """What runs now."""
    document = {"schema": SCHEMA, "parts": [asdict(part) for part in parts.values()]}
    beside = folder / f"{STACK}.new"
    beside.write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    beside.replace(folder / STACK)


def read(folder: Path) -> list[Running]:
    """What was written last. Raises StackError."""
    try:
        document = json.loads((folder / STACK).read_text("utf-8"))
        return [Running(**part) for part in document["parts"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StackError(f"{folder / STACK} cannot be read: {error}") from error


def passwords(folder: Path) -> dict[str, str]:
    """By part; made once, and readable for this user only."""
    path = folder / SECRETS
    if path.is_file():
        found: dict[str, str] = json.loads(path.read_text("utf-8"))
        return found
    made = {name: secrets.token_hex(16) for name in ("postgres", "redis", "s3", "grafana")}
    path.touch(mode=0o600)
    path.write_text(json.dumps(made), "utf-8")
    return made
