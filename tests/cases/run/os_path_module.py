"""os.path: joining, splitting and tidying the texts of paths."""

import os
import os.path as osp
import posixpath
from os.path import basename, join, splitext

for parts in (
    ("a", "b"),
    ("a/", "b"),
    ("a", "/b", "c"),
    ("", "b"),
    ("a", ""),
    ("a",),
    ("/", "é", ".."),
):
    print(join(*parts), end=" ")
    first, *rest = parts
    print(os.path.join(first, *rest))
print(os.path.join("a", "b", "c.txt"), os.sep.join(["x", "y"]))
paths = [
    "",
    "/",
    "//",
    "a",
    "a/",
    "/a",
    "a/b.c",
    "/a//b/",
    "//a",
    ".bashrc",
    "..a.b",
    "a.b/c",
    "a.tar.gz",
    "x/.y",
    "x/...",
    "a.",
    "日本/語.txt",
    "./a/../b/./c",
    "../..",
    "/../a",
    "///a",
    "a//b/../../..",
    "//x/..",
]
for p in paths:
    print(
        repr(p),
        os.path.split(p),
        splitext(p),
        repr(basename(p)),
        repr(osp.dirname(p)),
        posixpath.normpath(p),
        os.path.isabs(p),
    )
print(
    os.path.commonprefix(["/usr/lib", "/usr/local"]),
    repr(os.path.commonprefix([])),
    os.path.commonprefix(["éa", "éb"]),
)
print(
    os.path.commonpath(["/usr/lib/x", "/usr/local"]),
    repr(os.path.commonpath(["a", "b"])),
    os.path.commonpath(("a/./b", "a//b/c")),
)
for wrong in ([], ["a", "/b"]):
    try:
        os.path.commonpath(wrong)
    except ValueError as error:
        print(error)
print(os.sep, os.pathsep, os.curdir, os.pardir, os.extsep, repr(os.linesep), os.name, os.path.sep)
print(
    os.path.splitdrive("c:/a"),
    os.path.normcase("A/b"),
    os.fspath("x"),
    sorted(paths, key=os.path.basename)[:5],
)
print([root for root, ext in map(os.path.splitext, ["a.py", "b.txt"]) if ext == ".py"])
print(
    os.environ.get("SURELY_NOT_SET_HERE"),
    os.getenv("SURELY_NOT_SET_HERE", "none"),
    os.environ.get("LANG"),
)
print(os.getenv("SURELY_NOT_SET_HERE", None) is None, os.environ.get("LANG", "x") + "!")
