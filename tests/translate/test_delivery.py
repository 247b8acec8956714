"""Packages on disk: whole or not at all, and never over something of the user's."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from portalis.translate import delivery
from portalis.translate.artifacts import CrateTree
from portalis.translate.delivery import MARKER, DeliveryError, check_target, deliver
from portalis.translate.manifest import cargo_manifest, package_name
from portalis.translate.toolchain import runtime_files

CRATE = CrateTree(
    {"Cargo.toml": cargo_manifest("hello"), "src/main.rs": 'fn main(){println!("hello");}'}, "hello"
)


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "out")


def test_package(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "er" / "out"
    assert deliver(CRATE, out) == ()
    assert (out / "src" / "main.rs").read_text() == 'fn main() {\n    println!("hello");\n}\n'
    for source, name in runtime_files():
        copy = out / "runtime" / name
        assert copy.read_bytes() == source.read_bytes()
        assert int(copy.stat().st_mtime) == int(source.stat().st_mtime)
    assert leftovers(out.parent) == []


@pytest.mark.slow
def test_package_builds_offline(tmp_path: Path) -> None:
    deliver(CRATE, tmp_path / "out")
    environment = {**os.environ, "CARGO_TARGET_DIR": str(tmp_path / "target")}
    command = ["cargo", "build", "--offline", "--locked", "--quiet"]
    subprocess.run(command, cwd=tmp_path / "out", env=environment, check=True)
    ran = subprocess.run([tmp_path / "target" / "debug" / "hello"], capture_output=True, check=True)
    assert ran.stdout == b"hello\n"


def test_replaces_its_own_package_and_keeps_build_products(tmp_path: Path) -> None:
    out = tmp_path / "out"
    deliver(CRATE, out)
    (out / "target").mkdir()
    (out / "target" / "built").write_text("x")
    other = CrateTree({**CRATE.files, "src/main.rs": "fn main() {}\n"}, "hello")
    deliver(other, out)
    assert (out / "src" / "main.rs").read_text() == "fn main() {}\n"
    assert (out / "target" / "built").exists()
    assert leftovers(tmp_path) == []


def many(**texts: str) -> CrateTree:
    """A package of a binary a name."""
    files = {f"src/bin/{name}/main.rs": text for name, text in texts.items()}
    return CrateTree({"Cargo.toml": cargo_manifest("hello"), **files}, "hello")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setattr(delivery, "cache_folder", lambda: folder)
    return folder


@pytest.mark.usefixtures("cache")
def test_what_did_not_change_moves_over(tmp_path: Path) -> None:
    out = tmp_path / "out"
    deliver(many(a="fn main(){}", b="fn main( ){}"), out, cached=True)
    (out / "target").mkdir()
    kept = {
        name: (out / name).stat().st_ino for name in ("src/bin/a/main.rs", "runtime/Cargo.toml")
    }
    deliver(many(a="fn main(){}", b="fn main() {  }", c="fn main(){1;}"), out, cached=True)
    assert {name: (out / name).stat().st_ino for name in kept} == kept
    assert (out / "src/bin/c/main.rs").read_text() == "fn main() {\n    1;\n}\n"
    assert (out / "target").is_dir()
    check_target(out, cached=True)
    check_target(out)
    deliver(many(a="fn main(){}"), out, cached=True)
    assert sorted(p.name for p in (out / "src" / "bin").iterdir()) == ["a"]
    assert leftovers(tmp_path) == ["cache"]


@pytest.mark.usefixtures("cache")
def test_nothing_that_was_edited_moves_over(tmp_path: Path) -> None:
    out = tmp_path / "out"
    crate = many(a="fn main() {}\n", b="fn main() {}\n")
    deliver(crate, out, cached=True)
    (out / "src/bin/a/main.rs").write_text("fn main() { }")
    with pytest.raises(DeliveryError):
        deliver(crate, out, cached=True)
    deliver(crate, out, force=True, cached=True)
    assert (out / "src/bin/a/main.rs").read_text() == "fn main() {}\n"


@pytest.mark.usefixtures("cache")
def test_a_package_from_the_cache_is_the_same(tmp_path: Path) -> None:
    crate = many(a="fn main(){}", b="fn main( ){}")
    for name in ("one", "two"):
        deliver(crate, tmp_path / name, cached=True)
    deliver(crate, tmp_path / "two", cached=True)
    deliver(crate, tmp_path / "three", jobs=2)
    for path in (p for p in (tmp_path / "one").rglob("*") if p.is_file()):
        for other in ("two", "three"):
            twin = tmp_path / other / path.relative_to(tmp_path / "one")
            assert path.read_bytes() == twin.read_bytes()


@pytest.mark.parametrize("change", ["edit", "add", "foreign", "file"])
def test_refuses_what_is_not_its_own(tmp_path: Path, change: str) -> None:
    out = tmp_path / "out"
    if change == "file":
        out.write_text("precious")
    elif change == "foreign":
        out.mkdir()
        (out / "precious").write_text("x")
    else:
        deliver(CRATE, out)
        name = "src/main.rs" if change == "edit" else "src/mine.rs"
        (out / name).write_text("// mine\n")
    with pytest.raises(DeliveryError):
        deliver(CRATE, out)
    if change != "file":
        deliver(CRATE, out, force=True)
        assert (out / MARKER).exists()
    assert leftovers(tmp_path) == []


def test_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    check_target(tmp_path / "out")
    deliver(CRATE, tmp_path / "out")


def test_nothing_is_left_of_a_failure(tmp_path: Path) -> None:
    impossible = CrateTree({**CRATE.files, "src/main.rs/x": "// a file is in the way"}, "hello")
    out = tmp_path / "new" / "out"
    with pytest.raises(DeliveryError):
        deliver(impossible, out)
    assert list(tmp_path.iterdir()) == []


def test_same_crate_same_bytes(tmp_path: Path) -> None:
    deliver(CRATE, tmp_path / "a")
    deliver(CrateTree(dict(sorted(CRATE.files.items(), reverse=True)), "hello"), tmp_path / "b")
    for path in (tmp_path / "a").rglob("*"):
        if path.is_file():
            twin = tmp_path / "b" / path.relative_to(tmp_path / "a")
            assert path.read_bytes() == twin.read_bytes()


@pytest.mark.parametrize(
    ("wanted", "name"),
    [("shop", "shop"), ("My Program", "my-program"), ("3d", "py-3d"), ("äß", "translated"),
     ("match", "match-program"), ("test", "test-program"), ("__main__", "main")],
)  # fmt: skip
def test_package_names(wanted: str, name: str) -> None:
    assert package_name(wanted) == name
