"""Uploads: every way to hide something in an archive is refused."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
from collections.abc import Callable, Mapping

import pytest

from portalis.app.archives import Limits, read_tar, read_texts, read_zip, stream_zip
from portalis.app.problems import Problem

LIMITS = Limits(max_bytes=100_000, max_files=5, max_depth=3)
FILES = {"pkg/__init__.py": b"", "pkg/a.py": b"print(1)\n", "README.md": b"x"}
KEPT = {"pkg/__init__.py": b"", "pkg/a.py": b"print(1)\n"}


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def from_zip(content: bytes) -> dict[str, bytes]:
    return read_zip(io.BytesIO(content), LIMITS)


def from_tar(content: bytes) -> dict[str, bytes]:
    return read_tar(io.BytesIO(content), LIMITS, packed=False)


def from_tar_gz(content: bytes) -> dict[str, bytes]:
    return read_tar(io.BytesIO(content), LIMITS, packed=True)


Make = Callable[[Mapping[str, bytes]], bytes]
Read = Callable[[bytes], dict[str, bytes]]
FORMS = [
    pytest.param(zipped, from_zip, id="zip"),
    pytest.param(tarred, from_tar, id="tar"),
    pytest.param(lambda files: gzip.compress(tarred(files)), from_tar_gz, id="tar.gz"),
]


@pytest.mark.parametrize(("make", "read"), FORMS)
def test_python_files_are_kept(make: Make, read: Read) -> None:
    assert read(make(FILES)) == KEPT


@pytest.mark.parametrize(("make", "read"), FORMS)
@pytest.mark.parametrize(
    "name",
    ["../a.py", "pkg/../../a.py", "/etc/a.py", "a\\b.py", "C:a.py", "a\nb.py", "x" * 1025 + ".py"],
)
def test_names_that_lead_elsewhere(make: Make, read: Read, name: str) -> None:
    with pytest.raises(Problem) as caught:
        read(make({name: b""}))
    assert caught.value.code == "archive-refused"


@pytest.mark.parametrize(("make", "read"), FORMS)
@pytest.mark.parametrize(
    ("files", "limit"),
    [
        ({f"{n}.py": b"" for n in range(6)}, "upload_max_files"),
        ({f"{n}.txt": b"" for n in range(6)}, "upload_max_files"),
        ({"a/b/c/d/e.py": b""}, "upload_max_depth"),
        ({"a.py": b"0" * 100_001}, "upload_max_bytes"),
        ({"a.py": b"0" * 60_000, "b.txt": b"0" * 60_000}, "upload_max_bytes"),
    ],
)
def test_bounds(make: Make, read: Read, files: Mapping[str, bytes], limit: str) -> None:
    with pytest.raises(Problem) as caught:
        read(make(files))
    assert (caught.value.code, caught.value.more["limit"]) == ("too-large", limit)


@pytest.mark.parametrize(("make", "read"), FORMS)
def test_damaged(make: Make, read: Read) -> None:
    content = make({"a.py": b"print(1)\n" * 100, "b.txt": b""})
    cuts = (0, 20, len(content) // 10, len(content) // 5)
    for broken in (b"hello", *(content[:cut] for cut in cuts)):
        with pytest.raises(Problem) as caught:
            read(broken)
        assert caught.value.code == "archive-refused"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.py", b"1")
        archive.writestr("./a.py", b"2")
    with pytest.raises(Problem, match="twice"):
        from_zip(out.getvalue())


def test_links_in_a_zip() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("a.py")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, b"/etc/passwd")
    with pytest.raises(Problem, match="link"):
        from_zip(out.getvalue())


def test_a_zip_that_lies_about_its_sizes() -> None:
    """What it unpacks to counts, not what it says."""
    content = zipped({"a.py": b"0" * 90_000, "b.py": b"0" * 90_000})
    lying = content.replace((90_000).to_bytes(4, "little"), (9).to_bytes(4, "little"))
    assert lying != content
    with pytest.raises(Problem):
        from_zip(lying)


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE]
)
def test_links_and_devices_in_a_tar(kind: bytes) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("a.py")
        info.type = kind
        info.linkname = "/etc/passwd"
        archive.addfile(info)
    with pytest.raises(Problem, match="link"):
        from_tar(out.getvalue())


def test_texts_keep_the_same_bounds() -> None:
    assert read_texts({"a.py": "é", "b.txt": ""}, LIMITS) == {"a.py": "é".encode()}
    for name in ("../a.py", "/a.py", ""):
        with pytest.raises(Problem):
            read_texts({name: ""}, LIMITS)
    with pytest.raises(Problem):
        read_texts({"a.py": "\udcff"}, LIMITS)


def test_results_are_the_same_bytes_each_time() -> None:
    files = [("src/main.rs", b"fn main() {}\n" * 100), ("Cargo.toml", b"")]
    content = b"".join(stream_zip(iter(files)))
    assert content == b"".join(stream_zip(iter(files)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert [(info.filename, archive.read(info)) for info in archive.infolist()] == files
