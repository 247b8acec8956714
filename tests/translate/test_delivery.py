"""Packages on disk: whole or not at all, and never over something of the user's."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

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
