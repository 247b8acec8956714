"""The types that a project's own tests pass to its functions: run once, in the sandbox.

What is seen is a hypothesis: the compiler takes it where nothing else says what a parameter
is, and the Rust checks it as it checks an annotation.
"""

from __future__ import annotations

import json
import shlex
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from portalis.translate.artifacts import SeenType, SourceTree
from portalis.translate.verify.parity import PYTHON_ENV
from portalis.translate.verify.sandbox import (
    SYSTEM_FOLDERS,
    WORK,
    Limits,
    Outcome,
    Sandbox,
    python_paths,
)

LIMITS = Limits(wall_s=600.0, cpu_s=600, memory_bytes=8 << 30)
MAX_PROJECT_BYTES = 1 << 30
_TRACER = Path(__file__).with_name("type_tracer.py")
_FOLDER = ".portalis"
# Not the project's, or of no use to its tests.
_LEFT_BEHIND = (
    ".git", ".hg", ".venv", "venv", "__pycache__", "node_modules", "target", ".mypy_cache",
    ".ruff_cache", ".pytest_cache", ".tox", ".nox",
)  # fmt: skip

Seen = Mapping[str, Mapping[str, SeenType]]


class WitnessError(Exception):
    """The command cannot be run, or left nothing; the text is for the user."""


def watch(
    command: str, project: Path, tree: SourceTree, sandbox: Sandbox, limits: Limits = LIMITS
) -> tuple[Seen, Outcome]:
    """Runs `command` in a copy of the folder `project`; what the functions of `tree` were
    given, by qualified name and parameter, and how the run ended. Raises WitnessError."""
    argv = _resolved(command)
    with tempfile.TemporaryDirectory(prefix="portalis-witness-") as temporary:
        work = Path(temporary) / "work"
        _copy(project, work)
        (work / _FOLDER).mkdir(exist_ok=True)
        shutil.copyfile(_TRACER, work / _FOLDER / "sitecustomize.py")
        outcome = sandbox.run(
            argv,
            work,
            limits,
            visible=_visible(Path(argv[0])),
            env={
                **PYTHON_ENV,
                "PATH": f"{Path(argv[0]).parent}:/usr/bin:/bin",
                "PYTHONPATH": f"{WORK}/{_FOLDER}",
                "PORTALIS_TYPES": f"{WORK}/{_FOLDER}",
            },
        )
        found = [_read(path) for path in sorted((work / _FOLDER).glob("types-*.json"))]
    if not found:
        ended = outcome.stopped or f"exit code {outcome.code}"
        last = outcome.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise WitnessError(f"--trace {command}: no Python process ended in it ({ended}): {last}")
    return _by_name(found, _names(project, tree)), outcome


def _resolved(command: str) -> list[str]:
    try:
        argv = shlex.split(command)
    except ValueError as error:
        raise WitnessError(f"--trace {command}: {error}") from error
    path = shutil.which(argv[0]) if argv else None
    if path is None:
        raise WitnessError(f"--trace {command}: there is no program {argv[0] if argv else ''!r}")
    return [str(Path(path).absolute()), *argv[1:]]


def _visible(program: Path) -> list[Path]:
    """The installation that the program belongs to, and the Python under a virtual one."""
    prefix = program.parent.parent
    shown = [prefix, *python_paths()]
    python = prefix / "bin" / "python"
    if python.exists():
        shown.append(python.resolve().parent.parent)
    system = {Path(folder) for folder in SYSTEM_FOLDERS} | {Path("/")}
    return [p for p in dict.fromkeys(shown) if p not in system and p != Path("/usr/local")]


def _copy(project: Path, work: Path) -> None:
    left = MAX_PROJECT_BYTES

    def counted(source: str, target: str) -> str:
        nonlocal left
        left -= Path(source).lstat().st_size
        if left < 0:
            raise WitnessError(f"--trace: {project} holds more than {MAX_PROJECT_BYTES >> 20} MiB")
        return str(shutil.copy2(source, target, follow_symlinks=False))

    try:
        shutil.copytree(
            project,
            work,
            symlinks=True,
            ignore=shutil.ignore_patterns(*_LEFT_BEHIND),
            copy_function=counted,
        )
    except (OSError, shutil.Error) as error:
        raise WitnessError(f"--trace: {project} cannot be copied: {error}") from error


def _read(path: Path) -> Mapping[str, Mapping[str, list[object]]]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    assert isinstance(found, dict)
    return found


def _names(project: Path, tree: SourceTree) -> Mapping[str, str]:
    """Where a module lies in the project -> the module. Others were not run."""
    root = project.resolve()
    found = {}
    for file in tree.files:
        path = Path(file.path).resolve()
        if path.is_relative_to(root):
            found[path.relative_to(root).as_posix()] = file.module
    return found


def _by_name(
    processes: Iterable[Mapping[str, Mapping[str, list[object]]]], modules: Mapping[str, str]
) -> Seen:
    gathered: dict[str, dict[str, list[object]]] = {}
    for process in processes:
        for place, params in process.items():
            name = _qualified(place, modules)
            if name is not None:
                known = gathered.setdefault(name, {})
                for param, types in params.items():
                    known.setdefault(param, []).extend(types)
    return {
        name: {param: _merged(types, modules) for param, types in params.items()}
        for name, params in gathered.items()
    }


def _qualified(place: str, modules: Mapping[str, str]) -> str | None:
    file, _, name = place.partition(":")
    return f"{modules[file]}.{name}" if file in modules else None


def _merged(types: Iterable[object], modules: Mapping[str, str]) -> SeenType:
    """All that was seen in one place; containers of one kind are one, with all elements."""
    found: dict[str, list[list[object]]] = {}
    for ty in types:
        assert isinstance(ty, list)
        found.setdefault(str(ty[0]), []).append(ty[1:])
    tuples = found.pop("tuple", [])
    if len({len(t) for t in tuples}) > 1 or (tuples and "vartuple" in found):
        items = [i for t in tuples for position in t for i in _list(position)]
        found.setdefault("vartuple", []).append([items])
    elif tuples:
        found["tuple"] = tuples
    alternatives = []
    for kind, seen in sorted(found.items()):
        name = kind if ":" not in kind else _qualified(kind, modules) or "?"
        columns = zip(*seen, strict=False)
        inner = tuple(_merged([i for c in column for i in _list(c)], modules) for column in columns)
        alternatives.append((name, inner))
    return SeenType(tuple(alternatives))


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value
