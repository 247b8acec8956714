"""Files: text and binary, read, written, walked, and what they refuse."""

import io
import os

NAME = "notes.txt"


def save(lines: list[str], name: str = NAME) -> int:
    count = 0
    with open(name, "w", encoding="utf-8") as out:
        for line in lines:
            count += out.write(line + "\n")
        print("the end", len(lines), sep="|", file=out)
    return count


def longest(name: str) -> str:
    with open(name) as f:
        return max((line.rstrip("\n") for line in f), key=len)


def fails(what, action) -> None:
    try:
        action()
    except (OSError, ValueError, TypeError) as error:
        print(what, type(error).__name__, error)
    else:
        print(what, "went well")


print(save(["first", "the second line", "", "naïve — ünïcode", "last"]))
print(longest(NAME))
print(os.path.exists(NAME), os.path.isfile(NAME), os.path.isdir(NAME), os.path.getsize(NAME))

with open(NAME, encoding="utf8") as f:
    print(f, f.name, f.mode, f.closed, f.readable(), f.writable(), f.seekable())
    print(repr(f.readline()), f.tell(), f.read(7), f.tell())
    print(f.readlines())
    print(repr(f.read()), repr(f.readline()))
    f.seek(0)
    print(sum(1 for _ in f))
print(f.closed)
fails("read", f.read)
fails("write", lambda: f.write("x"))
fails("walk", lambda: list(f))

with open(NAME, "a") as f:
    f.writelines(["more\n", "and more"])
    print(f.tell(), f.readable())
    fails("read", f.read)
for number, line in enumerate(open(NAME), start=1):
    print(number, line.strip())

with open("mixed.txt", "wb") as raw:
    print(raw.write(b"one\r\ntwo\rthree\nfour"), raw.name, raw.mode)
    fails("read", raw.read)
print(open("mixed.txt").read().split("\n"))
print(open("mixed.txt", newline="").readlines())
print(open("mixed.txt", newline="\n").readlines())
with open("mixed.txt", "rb") as raw:
    print(raw.readline(), raw.tell(), raw.read(3), raw.read())
    raw.seek(-4, 2)
    print(raw.read(), raw.read(), raw)
    fails("write", lambda: raw.write(b"x"))
with open("mixed.txt", "r+b") as raw:
    raw.seek(5)
    raw.write(b"TWO")
    print(raw.read(2), raw.truncate(), raw.mode)
    raw.seek(0)
    print(list(raw))

with open("numbers.txt", "w+") as f:
    for i in range(3000):
        f.write(f"{i * i}\n")
    f.seek(0)
    print(sum(int(line) for line in f))
print(len(open("numbers.txt").read()), open("numbers.txt").read(12).splitlines())

fails("missing", lambda: open("no/such/file.txt"))
fails("folder", lambda: open("."))
fails("exclusive", lambda: open(NAME, "x"))
with open("latin.txt", "w", encoding="latin-1") as f:
    f.write("café\n")
print(open("latin.txt", "rb").read())
fails("bytes", lambda: open("latin.txt").read())
print(open("latin.txt", errors="replace").read(), open("latin.txt", errors="ignore").readline())
print(open("latin.txt", encoding="latin-1").read())
fails("encode", lambda: open("latin.txt", "w", encoding="ascii").write("é"))
fails("codec", lambda: open("latin.txt", encoding="no-such"))

try:
    open(NAME).write("x")
except io.UnsupportedOperation as error:
    print("unsupported", error)

os.mkdir("folder")
os.makedirs("folder/a/b", exist_ok=True)
os.makedirs("folder/a/b", exist_ok=True)
fails("mkdir", lambda: os.mkdir("folder"))
os.rename(NAME, "folder/moved.txt")
print(sorted(os.listdir("folder")), os.path.exists(NAME))
fails("remove", lambda: os.remove(NAME))
fails("rmdir", lambda: os.rmdir("folder"))
fails("rename", lambda: os.rename("none", "other"))
for place, folders, names in os.walk("folder"):
    print(place, sorted(folders), sorted(names))
print(
    os.path.relpath("folder/a", "folder/x/y"),
    os.path.abspath("x/../y") == os.path.join(os.getcwd(), "y"),
)
os.remove("folder/moved.txt")
os.removedirs("folder/a/b")
print(sorted(os.listdir()))
for name in os.listdir("."):
    if name.endswith(".txt"):
        os.unlink(name)
print(
    os.path.lexists("none"),
    os.path.islink("."),
    os.path.realpath(".") == os.path.realpath(os.getcwd()),
)
print(os.path.expanduser("a~b"), os.getpid() > 0, os.path.getmtime(".") > 0)
home = os.getcwd()
os.mkdir("inner")
os.chdir("inner")
print(os.path.basename(os.getcwd()), os.listdir(home))
os.chdir(home)
os.replace("inner", "outer")
os.rmdir("outer")
with open("seven", "wb+") as raw:
    print(raw.seek(3), raw.tell(), raw.isatty(), raw.fileno() > 2, raw.write(b"x"))
    raw.flush()
    print(os.path.getsize("seven"), raw.seek(0), raw.readline(2), raw.truncate(2), raw.readlines())
with open("seven", "w") as f:
    f.write("abc")
    print(f.truncate(1), f.isatty(), f.fileno() > 2, f.tell())
os.remove("seven")
