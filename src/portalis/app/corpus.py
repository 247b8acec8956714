"""Verified translations as a corpus of pairs, Python and Rust, a function a record.

    sources, results of units -> pairs -> Corpus.add -> write: OUT/pairs-00000.jsonl … (or
    .parquet), OUT/manifest.json

A pair is in it only if its verdict is `verified`, its Rust is one item that can be told, and
nothing in it has the same text or nearly the same structure (`translate/fingerprint.py`). What
is left out is counted, with the reason. The same results in the same order give the same bytes.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import tempfile
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from portalis.app import parquet
from portalis.app.rust_items import Item, items
from portalis.core.digest import Json, canonical, digest
from portalis.translate.artifacts import FunctionVerdict, Translated, Verdict
from portalis.translate.fingerprint import Print, bands, prints_of, similarity
from portalis.translate.formatting import format_package
from portalis.translate.kept import engine_digest

SCHEMA: Final = "portalis.corpus/1"
MANIFEST: Final = "manifest.json"
UNKNOWN: Final = "unknown"
# From this similarity on two functions are one: the estimate's standard error is at most 1/16.
ALIKE: Final = 0.95
SHARD_RECORDS: Final = 10_000
_FUNCTIONS = ("function", "method")


class Form(StrEnum):
    """How shards are written; also the ends of their names."""

    JSONL = "jsonl"
    PARQUET = "parquet"


class CorpusError(Exception):
    """The folder cannot be written to, or is no corpus; the text says why."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A verified function. file_digest: of the whole file's bytes. signature: of its structure;
    empty if it is too small for one. engine: versions, and the digest of the engine."""

    name: str
    kind: str
    python: str
    rust: str
    file: str
    file_digest: str
    line: int
    end_line: int
    probes: str
    calls: int
    signature: tuple[int, ...]
    engine: Mapping[str, str]
    licence: str = UNKNOWN

    def record(self) -> dict[str, Json]:
        """As it is written."""
        structure = "".join(f"{minimum:08x}" for minimum in self.signature)
        python, rust = digest(self.python.encode()), digest(self.rust.encode())
        return {
            "id": digest(f"{python}{rust}".encode()),
            "name": self.name,
            "kind": self.kind,
            "python": self.python,
            "rust": self.rust,
            "python_sha256": python,
            "rust_sha256": rust,
            "structure": structure or None,
            "verdict": Verdict.VERIFIED.value,
            "probes": self.probes,
            "calls": self.calls,
            "source": {
                "file": self.file,
                "sha256": self.file_digest,
                "line": self.line,
                "end_line": self.end_line,
            },
            "engine": dict(self.engine),
            "licence": self.licence,
        }


@dataclass(slots=True)
class Corpus:
    """Pairs without duplicates, and what became of every function that was looked at.

    verdicts: functions and methods by verdict. left_out: verified ones by the reason:
    `no_item` (their Rust is no item of its own, or not the only one of its name), `no_text` (the
    Python, or the Rust, is not UTF-8), `same_text`, `same_structure`. limits: why Rust is not
    formatted, in words.
    """

    licence: str = UNKNOWN
    alike: float = ALIKE
    pairs: list[Pair] = field(default_factory=list)
    verdicts: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    limits: dict[str, None] = field(default_factory=dict)
    _texts: set[str] = field(default_factory=set)
    _near: dict[int, list[tuple[int, ...]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, files: Mapping[str, bytes], translated: Translated) -> None:
        """The functions of a unit's result; files: the job's sources by path."""
        report = translated.report
        engine = {**report.versions, "sha256": engine_digest()}
        modules: Mapping[str, Sequence[Item]] = {}
        if any(each.verdict is Verdict.VERIFIED for each in report.verdicts):
            with tempfile.TemporaryDirectory(prefix="portalis-") as stage:
                formatted = format_package(Path(stage), translated.crate.files)
            self.limits.update(dict.fromkeys(formatted.limits))
            modules = _modules(formatted.texts, translated)
        read: dict[str, _Source] = {}
        for each in report.verdicts:
            fact = each.fact
            if fact.kind not in _FUNCTIONS or fact.file not in files:
                continue
            self.verdicts[each.verdict.value] += 1
            if each.verdict is not Verdict.VERIFIED:
                continue
            if fact.file not in read:
                read[fact.file] = _Source.of(files[fact.file])
            item = _item(modules.get(fact.module, ()), fact.rust)
            if item is None:
                self.left_out["no_item"] += 1
                continue
            self._keep(_pair(each, read[fact.file], item, engine, self.licence))

    def _keep(self, pair: Pair) -> None:
        reason = self._known(pair)
        if reason:
            self.left_out[reason] += 1
            return
        self._texts.add(pair.python)
        for band in bands(pair.signature) if pair.signature else ():
            self._near[band].append(pair.signature)
        self.pairs.append(pair)

    def _known(self, pair: Pair) -> str:
        try:
            (pair.python + pair.rust).encode()
        except UnicodeEncodeError:
            return "no_text"
        if pair.python in self._texts:
            return "same_text"
        near = {
            signature
            for band in (bands(pair.signature) if pair.signature else ())
            for signature in self._near[band]
        }
        if any(similarity(pair.signature, signature) >= self.alike for signature in near):
            return "same_structure"
        return ""


@dataclass(frozen=True, slots=True)
class _Source:
    digest: str
    lines: Sequence[str]
    prints: Mapping[int, Print]

    @classmethod
    def of(cls, content: bytes) -> _Source:
        """Of a file that the compiler could read."""
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        text = io.TextIOWrapper(io.BytesIO(content), encoding).read()
        try:
            prints = {each.line: each for each in prints_of(text)}
        except (RecursionError, MemoryError):
            prints = {}
        return cls(digest(content), text.split("\n"), prints)


def _pair(
    each: FunctionVerdict, source: _Source, item: Item, engine: Mapping[str, str], licence: str
) -> Pair:
    fact = each.fact
    found = source.prints.get(fact.line)
    return Pair(
        name=fact.name,
        kind=fact.kind,
        python="\n".join(source.lines[fact.line - 1 : fact.end_line]),
        rust=item.text,
        file=fact.file,
        file_digest=source.digest,
        line=fact.line,
        end_line=fact.end_line,
        probes=each.reason,
        calls=each.calls,
        signature=found.signature if found is not None else (),
        engine=engine,
        licence=licence,
    )


def _modules(texts: Mapping[str, str], translated: Translated) -> Mapping[str, Sequence[Item]]:
    """The items of each Python module's file."""
    return {
        each.fact.module: items(texts.get(f"src/{each.fact.rust}.rs", ""))
        for each in translated.report.verdicts
        if each.fact.kind == "module"
    }


def _item(found: Sequence[Item], path: str) -> Item | None:
    """That of a Rust path; None if there is none, or more than one could be meant."""
    owner, _, name = path.rpartition("::")
    # What a class holds has an item of its own, which its methods belong to.
    owners = (owner, f"{owner}Fields") if owner else ("",)
    meant = [
        item for item in found if item.name == name.removeprefix("r#") and item.owner in owners
    ]
    return meant[0] if len(meant) == 1 else None


def check_target(out: Path) -> None:
    """Whether a corpus may be written there: nothing is there, an empty folder, or a corpus.
    Raises CorpusError."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    if not out.is_dir() or _read_manifest(out) is None:
        raise CorpusError(f"{out} is there and is no corpus")


def check_form(form: Form) -> None:
    """Whether shards can be written so here. Raises CorpusError."""
    if form is Form.PARQUET and not parquet.is_there():
        raise CorpusError(parquet.INSTALL)


def write(
    corpus: Corpus, out: Path, shard_records: int = SHARD_RECORDS, form: Form = Form.JSONL
) -> Mapping[str, Json]:
    """Beside `out`, then renamed to it; the manifest. A corpus that was there is replaced. Raises
    CorpusError; then what was there is as it was."""
    check_target(out)
    check_form(form)
    out = out.resolve()
    aside: Path | None = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
        made = aside / "new"
        made.mkdir()
        manifest = _manifest(corpus, list(_shards(corpus, made, shard_records, form)))
        _write(made / MANIFEST, json.dumps(manifest, indent=2).encode() + b"\n")
        if out.exists():
            out.rename(aside / "old")
        try:
            made.rename(out)
        except OSError:
            if (aside / "old").exists():
                (aside / "old").rename(out)
            raise
    except OSError as error:
        raise CorpusError(f"{out} cannot be written: {error}") from error
    finally:
        # The only copy of what was there is not thrown away.
        if aside is not None and (out.exists() or not (aside / "old").exists()):
            shutil.rmtree(aside, ignore_errors=True)
    return manifest


def _shards(corpus: Corpus, folder: Path, records: int, form: Form) -> Iterator[Mapping[str, Json]]:
    for number, start in enumerate(range(0, len(corpus.pairs), records)):
        part = corpus.pairs[start : start + records]
        written = [pair.record() for pair in part]
        content = (
            parquet.encoded(written)
            if form is Form.PARQUET
            else b"".join(canonical(each) + b"\n" for each in written)
        )
        name = f"pairs-{number:05d}.{form}"
        _write(folder / name, content)
        yield {
            "name": name,
            "records": len(part),
            "bytes": len(content),
            "sha256": digest(content),
        }


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _manifest(corpus: Corpus, shards: Sequence[Mapping[str, Json]]) -> dict[str, Json]:
    return {
        "schema": SCHEMA,
        "records": len(corpus.pairs),
        "python_bytes": sum(len(pair.python.encode()) for pair in corpus.pairs),
        "rust_bytes": sum(len(pair.rust.encode()) for pair in corpus.pairs),
        "licence": corpus.licence,
        "alike": corpus.alike,
        "functions": dict(sorted(corpus.verdicts.items())),
        "left_out": dict(sorted(corpus.left_out.items())),
        "limits": list(corpus.limits),
        "shards": list(shards),
    }


def _read_manifest(folder: Path) -> dict[str, Json] | None:
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and found.get("schema") == SCHEMA else None
