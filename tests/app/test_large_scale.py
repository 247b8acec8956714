"""`examples/large_scale_translation.py`: all four scenarios, very small."""

from __future__ import annotations

import hashlib
import importlib
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from examples import large_scale_translation as example

from portalis.app import corpus, parquet
from portalis.app.corpus import ALIKE, Corpus, CorpusError
from portalis.translate.fingerprint import similarity
from tests.contracts.conftest import missing

TINY = "--scale 0.00001 --users 3 --edits 1 --think 0.1 --simulated-edits 1 --workers 2"

PROGRAM = '''\
"""Some of each."""


def collatz(start: int) -> int:
    steps = 0
    while start != 1:
        start = start // 2 if start % 2 == 0 else 3 * start + 1
        steps += 1
    return steps


def renamed(first: int) -> int:
    count = 0
    while first != 1:
        first = first // 2 if first % 2 == 0 else 5 * first + 1
        count += 1
        if count > 50:
            break
    return count


def same_structure(begin: int) -> int:
    """Says so."""
    taken = 7
    while begin != 2:
        begin = begin // 3 if begin % 3 == 0 else 4 * begin + 2
        taken += 2
    return taken


def never_called(x: int) -> int:
    return x


class Box:
    def __init__(self, held: int) -> None:
        self.held = held

    def get(self) -> int:
        return self.held


class Bag:
    def __init__(self, held: int) -> None:
        self.held = held

    def twice(self) -> int:
        return self.held * 2 + len(f"{self.held:>10}é")


print(collatz(27), renamed(3), same_structure(18), Box(1).get(), Bag(2).twice())
'''


def sha256(content: bytes | str) -> str:
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def records_of(folder: Path) -> list[dict[str, Any]]:
    shards = sorted(folder.glob("*.jsonl"))
    return [json.loads(line) for shard in shards for line in shard.read_bytes().splitlines()]


@pytest.mark.slow
def test_four_scenarios_and_the_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "program.py", tmp_path / "made" / "corpus"
    source.write_text(PROGRAM, "utf-8")
    told = [*TINY.split(), "--source", str(source), "--licence", "MIT", "--out", str(out)]
    assert example.main([*told, "--json"]) == 0
    printed = capsys.readouterr()
    answer = json.loads(printed.out)
    assert "portalis: interactive: 3 of 3" in printed.err
    assert [each["name"] for each in answer["scenarios"]] == list(example.SCENARIOS)
    for each in answer["scenarios"]:
        measured = each["measured"]
        assert measured["jobs"] == {"done": 3 if each["name"] == "interactive" else 1}
        assert measured["wall_s"] > 0
        assert measured["cost_usd"] > 0
        assert measured["size"]["lines"] > 0
        assert each["simulated"]["done"] == each["simulated"]["jobs"]
    latencies = answer["scenarios"][2]["measured"]
    assert 0 < latencies["p50_s"] <= latencies["p95_s"] <= latencies["p99_s"]

    rows = [row.split(" | ") for row in example.table(answer).splitlines()]
    assert [len(row) for row in rows] == [5] * 6
    assert [row[0].removeprefix("| ") for row in rows[2:]] == list(example.SCENARIOS)
    assert [row[4].removesuffix(" |") for row in rows[2:]] == [
        "2hr, $60, 8 GPUs",
        "15min, $15, 6 GPUs",
        "<1s, $10/hr, 4 GPUs",
        "12hr, $35, 2 GPUs (spot)",
    ]

    check_corpus(out, answer["scenarios"][3]["measured"]["corpus"])


def check_corpus(out: Path, said: dict[str, Any]) -> None:
    records = records_of(out)
    for each in records:
        assert each["verdict"] == "verified"
        assert each["licence"] == "MIT"
        assert (each["python_sha256"], each["rust_sha256"]) == (
            sha256(each["python"]),
            sha256(each["rust"]),
        )
        assert each["id"] == sha256(each["python_sha256"] + each["rust_sha256"])
        place = each["source"]
        assert place["sha256"] == sha256(PROGRAM)
        lines = PROGRAM.split("\n")[place["line"] - 1 : place["end_line"]]
        assert each["python"] == "\n".join(lines)
        assert each["engine"].keys() == {"portalis", "python", "rustc", "sha256"}
        assert each["calls"] > 0
    names = [each["name"].removeprefix("program.") for each in records]
    assert sorted(names) == ["Bag.twice", "Box.__init__", "Box.get", "collatz", "renamed"]
    rust = {name: each["rust"] for name, each in zip(names, records, strict=True)}
    assert rust["collatz"].startswith("pub fn collatz(")
    assert rust["collatz"].endswith("\n}")
    assert "pub fn get(&self)" in rust["Box.get"]
    assert len({each["python"] for each in records}) == len(records)
    signatures = [signature_of(each["structure"]) for each in records if each["structure"]]
    for at, one in enumerate(signatures):
        assert all(similarity(one, other) < ALIKE for other in signatures[:at])

    manifest = json.loads((out / "manifest.json").read_bytes())
    assert manifest == said
    assert manifest["records"] == len(records)
    assert Counter(manifest["left_out"]) == {"same_text": 1, "same_structure": 1}
    assert manifest["functions"] == {"verified": 7, "compiled": 1}
    for shard in manifest["shards"]:
        content = (out / shard["name"]).read_bytes()
        assert (len(content), sha256(content)) == (shard["bytes"], shard["sha256"])
        assert content.count(b"\n") == shard["records"]
    assert {path.name for path in out.iterdir()} == {
        "manifest.json",
        *(shard["name"] for shard in manifest["shards"]),
    }
    assert list(out.parent.iterdir()) == [out]


def signature_of(text: str) -> list[int]:
    return [int(text[at : at + 8], 16) for at in range(0, len(text), 8)]


def pair_of(number: int) -> corpus.Pair:
    python = f"def f() -> int:\n    return {number}"
    return corpus.Pair(
        name="f",
        kind="function",
        python=python,
        rust=f"fn f() {{ {number} }}",
        file="f.py",
        file_digest=sha256(python),
        line=1,
        end_line=2,
        probes="1 call",
        calls=1,
        signature=(),
        engine={},
    )


def test_a_corpus_is_sharded_and_replaced_as_a_whole(tmp_path: Path) -> None:
    out = tmp_path / "corpus"
    corpus.write(Corpus(pairs=[pair_of(number) for number in range(5)]), out, shard_records=2)
    assert [path.name for path in sorted(out.iterdir())] == [
        "manifest.json",
        *(f"pairs-0000{number}.jsonl" for number in range(3)),
    ]
    assert [each["licence"] for each in records_of(out)] == ["unknown"] * 5
    manifest = corpus.write(Corpus(pairs=[pair_of(7)]), out, shard_records=2)
    assert json.loads((out / "manifest.json").read_bytes()) == manifest
    assert [each["python"][-1] for each in records_of(out)] == ["7"]
    assert list(tmp_path.iterdir()) == [out]


def test_what_is_no_corpus_is_not_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("mine")
    with pytest.raises(CorpusError, match="is no corpus"):
        corpus.write(Corpus(), tmp_path)
    with pytest.raises(CorpusError, match="is no corpus"):
        corpus.write(Corpus(), note)
    with pytest.raises(CorpusError, match="cannot be written"):
        corpus.write(Corpus(), note / "below")
    assert note.read_text() == "mine"
    assert example.main(["--only", "training", "--out", str(tmp_path)]) == 2
    told = ["--only", "training", "--out", str(tmp_path / "out"), "--source", str(tmp_path / "no")]
    assert example.main(told) == 2
    assert "there is no file or folder" in capsys.readouterr().err


def test_parquet_holds_the_same_records(tmp_path: Path) -> None:
    if not parquet.is_there():
        missing("pyarrow")
    tables: Any = importlib.import_module("pyarrow.parquet")
    pairs = [replace(pair_of(number), engine={"rustc": "1", "cpython": "2"}) for number in range(5)]
    pairs[1] = replace(pairs[1], signature=(1, 255))
    made = Corpus(pairs=pairs)
    written = {
        form: corpus.write(made, tmp_path / form, shard_records=2, form=form)
        for form in corpus.Form
    }
    shards = sorted((tmp_path / "parquet").glob("pairs-*.parquet"))
    assert len(shards) == 3
    rows = [row for shard in shards for row in tables.read_table(shard).to_pylist()]
    found = [{**row, "engine": dict(row["engine"])} for row in rows]
    assert found == records_of(tmp_path / "jsonl")
    told = written[corpus.Form.PARQUET]["shards"]
    assert isinstance(told, list)
    for shard, path in zip(told, shards, strict=True):
        assert (shard["name"], shard["sha256"]) == (path.name, sha256(path.read_bytes()))
    # One is replaced by the other as a whole, and the same gives the same bytes.
    again = corpus.write(made, tmp_path / "jsonl", shard_records=2, form=corpus.Form.PARQUET)
    assert again == written[corpus.Form.PARQUET]
    assert not list((tmp_path / "jsonl").glob("*.jsonl"))


def test_parquet_without_its_program_is_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(parquet, "is_there", lambda: False)
    asked = ["--only", "training", "--out", str(tmp_path / "out"), "--format", "parquet"]
    assert example.main(asked) == 2
    assert "pip install 'portalis[parquet]'" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
