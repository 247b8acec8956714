"""Paths: taken apart, put together, and what lies at them."""

import os
from pathlib import Path


def fails(action) -> None:
    try:
        action()
    except (OSError, ValueError, TypeError, IndexError) as error:
        print(type(error).__name__, error)


for text in [
    "a/b/c.tar.gz",
    "/usr/lib/x.py",
    ".",
    "",
    "/",
    "..",
    "//net/x",
    "a//b/./c/",
    ".bashrc",
    "x.",
    "a/.b.c",
]:
    p = Path(text)
    print(
        repr(p),
        str(p),
        p.parts,
        p.name,
        p.stem,
        p.suffix,
        p.suffixes,
        p.parent,
        p.root,
        p.is_absolute(),
    )
base = Path("data")
print(
    base / "in" / "x.csv",
    base / "/abs",
    "top" / base,
    base.joinpath("a", "b"),
    Path("a", base, "c"),
)
p = base / "in" / "x.csv"
print(
    p.with_suffix(".json"),
    p.with_suffix(""),
    p.with_name("y.txt"),
    p.with_stem("z"),
    list(p.parents),
    len(p.parents),
)
print(
    p.parents[1],
    p.relative_to("data"),
    p.is_relative_to(base),
    p.is_relative_to("other"),
    p.as_posix(),
)
print(
    p == Path("data/in/x.csv"),
    p != base,
    {p: 1}[Path("data//in/x.csv")],
    sorted([p, base, Path("b")]),
    base < p,
)
fails(lambda: p.relative_to("other"))
fails(lambda: Path("/").with_name("x"))
fails(lambda: p.with_suffix("json"))
fails(lambda: p.with_name("a/b"))
fails(lambda: p.parents[9])

root = Path("work")
(root / "sub" / "deep").mkdir(parents=True)
fails(lambda: (root / "sub").mkdir())
(root / "sub").mkdir(exist_ok=True)
print((root / "one.txt").write_text("first\nsecond\n"), (root / "two.bin").write_bytes(b"\x00\x01"))
(root / "sub" / "three.txt").touch()
with (root / "sub" / "deep" / "four.txt").open("w") as f:
    f.write("four")
with open(root / "one.txt") as f:
    print(f.read().split(), f.name)
print((root / "one.txt").read_text().splitlines(), (root / "two.bin").read_bytes())
print(
    sorted(root.iterdir()),
    sorted(p.name for p in root.glob("*.txt")),
    sorted(map(str, root.rglob("*.txt"))),
)
print(
    sorted(root.glob("**/*")),
    sorted(root.glob("sub/?h*")),
    list(root.glob("none")),
    sorted(root.glob("*/deep")),
)
print(
    root.exists(),
    root.is_dir(),
    (root / "one.txt").is_file(),
    (root / "none").exists(),
    root.is_symlink(),
)
print(
    (root / "one.txt").resolve() == Path.cwd() / "work" / "one.txt", root.absolute().is_absolute()
)
print(
    (root / "one.txt").rename(root / "uno.txt"),
    os.path.getsize(str(root / "uno.txt")),
    os.fspath(root),
    os.path.join(root, "a"),
    sorted(os.listdir(root)),
)
fails(lambda: (root / "one.txt").read_text())
fails(lambda: (root / "one.txt").unlink())
(root / "one.txt").unlink(missing_ok=True)
fails(lambda: root.rmdir())
for path in sorted(root.rglob("*"), reverse=True):
    if path.is_dir():
        path.rmdir()
    else:
        path.unlink()
root.rmdir()
print(root.exists(), type(root).__name__, isinstance(root, Path), Path("~x/y").name)
