"""Reading sources: every bad input becomes a diagnostic with its place."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from portalis.core.diagnostics import Diagnostic
from portalis.translate.artifacts import Kind
from portalis.translate.sources import MAX_FILE_BYTES, Loaded, load, shorten


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def only(loaded: Loaded) -> Diagnostic:
    assert len(loaded.diagnostics) == 1, loaded.diagnostics
    return loaded.diagnostics[0]


def refused(folder: Path, content: str | bytes) -> Diagnostic:
    loaded = load([write(folder, "bad.py", content)])
    assert loaded.tree.files == ()
    assert loaded.given_failed
    return only(loaded)


@pytest.mark.parametrize(
    ("content", "code", "line", "column", "words"),
    [
        ("x = 1\ndef f(:\n", "PT001", 2, 7, "invalid syntax"),
        ("x = (1,\n", "PT001", 1, 5, "'(' was never closed"),
        ("  x = 1\n", "PT001", 1, 2, "unexpected indent"),
        ("return 1\n", "PT001", 1, 1, "'return' outside function"),
        ("if x:\n", "PT001", 1, 6, "expected an indented block"),
        (b"# ok\nx = '\xe9'\n", "PT002", 2, 6, "utf-8"),
        (b"# -*- coding: no-such -*-\n", "PT002", 1, 1, "no-such"),
        (b"# coding: ascii\nx = 1\ny = '\xe9'\n", "PT002", 3, 6, "ascii"),
        (b"# coding: hex\nx = 1\n", "PT002", 1, 1, "hex"),
        (b"\x7fELF\x02\x01\x00\x00\xff\xfe", "PT004", 1, 9, "binary"),
        (b"x = 1\ny = '\x00'\n", "PT004", 2, 6, "binary"),
        ("x = 1\ny = " + "(" * 10_000 + "1" + ")" * 10_000, "PT801", 2, 205, "nested"),
        ("x = 1\ny = " + "-" * 10_000 + "1\nz = 2\n", "PT801", 2, 1, "deeper"),
        ("x = 1\ny = f" + "()" * 100_000 + "\nz = 2\n", "PT801", 2, 1, "deeper"),
        ("if a: pass\n" + "elif a: pass\n" * 10_000, "PT801", None, 1, "deeper"),
        ("\n".join(" " * i + "if 1:" for i in range(101)), "PT801", 101, None, "indentation"),
        ("a = 1\nx = [" + "1, " * 1_700_000 + "]\n", "PT802", 2, 1, "characters"),
    ],
)
def test_bad_content(
    tmp_path: Path, content: str | bytes, code: str, line: int | None, column: int, words: str
) -> None:
    started = time.monotonic()
    found = refused(tmp_path, content)
    assert time.monotonic() - started < 5
    assert found.code == code
    assert words in found.message
    if line is not None:
        assert found.span.line == line
    if column is not None:
        assert found.span.column == column
    assert len(found.source_line) < 200


def test_five_megabyte_line(tmp_path: Path) -> None:
    found = refused(tmp_path, "x = '" + "a" * 5_000_000 + "'\n")
    assert (found.code, found.span.line) == ("PT802", 1)
    assert "5,000,006 characters" in found.message


def test_file_over_the_limit(tmp_path: Path) -> None:
    found = refused(tmp_path, b"#\n" * (MAX_FILE_BYTES // 2 + 1))
    assert found.code == "PT802"


def test_missing_file(tmp_path: Path) -> None:
    found = only(load([str(tmp_path / "no.py")]))
    assert found.code == "PT003"
    assert "no such file" in found.message


def test_unreadable_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    assert only(load([str(tmp_path / "pipe.py")])).code == "PT003"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_forbidden_file(tmp_path: Path) -> None:
    path = Path(write(tmp_path, "secret.py", "x = 1\n"))
    path.chmod(0)
    assert "Permission denied" in only(load([str(path)])).message


def test_empty_folder(tmp_path: Path) -> None:
    assert only(load([str(tmp_path)])).code == "PT005"


@pytest.mark.parametrize(
    ("raw", "text", "encoding"),
    [
        (b"\xef\xbb\xbfx = '\xc3\xa9'\n", "x = 'é'\n", "utf-8-sig"),
        (b"# coding: latin-1\nx = '\xe9'\n", "# coding: latin-1\nx = 'é'\n", "iso-8859-1"),
        (b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '\x80'\n",
         "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '€'\n", "cp1252"),
        (b"x = 1\r\ny = 2\rz = 3\n", "x = 1\ny = 2\nz = 3\n", "utf-8"),
        (b"", "", "utf-8"),
    ],
)  # fmt: skip
def test_encodings(tmp_path: Path, raw: bytes, text: str, encoding: str) -> None:
    loaded = load([write(tmp_path, "a.py", raw)])
    assert not loaded.diagnostics
    assert loaded.tree.files[0].text == text
    assert loaded.tree.files[0].encoding == encoding


def test_standard_input() -> None:
    loaded = load(["-"], stdin=b"print(1)\n")
    assert loaded.tree.files[0].path == "<stdin>"
    assert loaded.tree.entry == "main"
    assert only(load(["-"], stdin=b"def\n")).span.file == "<stdin>"


def test_package_names(tmp_path: Path) -> None:
    for name in ("shop/__init__.py", "shop/__main__.py", "shop/a.py", "shop/deep/__init__.py",
                 "shop/deep/b.py", "shop/.hidden/c.py", "shop/__pycache__/d.py",
                 "shop/venv/x.py", "shop/venv/pyvenv.cfg", "shop/notes.txt"):  # fmt: skip
        write(tmp_path, name, "x = 1\n" if name.endswith(".py") else "")
    tree = load([str(tmp_path / "shop")]).tree
    assert [f.module for f in tree.files] == [
        "shop", "shop.__main__", "shop.a", "shop.deep", "shop.deep.b",
    ]  # fmt: skip
    assert [f.module for f in tree.files if f.is_package] == ["shop", "shop.deep"]
    assert tree.entry == "shop.__main__"
    deep = load([str(tmp_path / "shop" / "deep")]).tree
    assert [f.module for f in deep.files] == ["shop.deep", "shop.deep.b"]
    assert deep.entry is None


@pytest.mark.parametrize(
    ("files", "kind", "entry"),
    [
        ({"a.py": "x = 1\n", "main.py": ""}, "auto", "main"),
        ({"a.py": "x = 1\n", "b.py": "if __name__ == '__main__':\n    pass\n"}, "auto", "b"),
        ({"a.py": "x = 1\n", "b.py": "y = 2\n"}, "auto", None),
        ({"a.py": "x = 1\n", "b.py": "y = 2\n"}, "bin", "a"),
        ({"a.py": "x = 1\n", "main.py": ""}, "lib", None),
        ({"only.py": "x = 1\n"}, "auto", "only"),
    ],
)
def test_entry(tmp_path: Path, files: dict[str, str], kind: Kind, entry: str | None) -> None:
    paths = [write(tmp_path, name, text) for name, text in files.items()]
    assert load(paths, kind).tree.entry == entry


def test_two_files_of_one_name(tmp_path: Path) -> None:
    paths = [write(tmp_path, "a/x.py", ""), write(tmp_path, "b/x.py", "")]
    assert only(load(paths)).code == "PT006"


def test_a_bad_file_in_a_folder_leaves_the_others(tmp_path: Path) -> None:
    write(tmp_path, "good.py", "x = 1\n")
    write(tmp_path, "bad.py", "def\n")
    loaded = load([str(tmp_path)])
    assert [f.module for f in loaded.tree.files] == ["good"]
    assert only(loaded).code == "PT001"
    assert not loaded.given_failed


def test_order_of_arguments_does_not_matter(tmp_path: Path) -> None:
    paths = [write(tmp_path, f"{name}.py", f"{name} = 1\n") for name in "cab"]
    assert load(paths).tree.digest == load(paths[::-1]).tree.digest


def test_shorten_keeps_the_column() -> None:
    line = "a" * 500 + "HERE" + "b" * 500
    assert "HERE" in shorten(line, 501)
    assert shorten("short") == "short"
