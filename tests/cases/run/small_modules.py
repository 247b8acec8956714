"""Small modules of Python's own library, translated: fnmatch, getopt, html, reprlib."""

import fnmatch
import getopt
import html
import reprlib
from gettext import ngettext

for name, pattern in (
    ("abc", "a*"),
    ("abc", "?b[a-c]"),
    ("a.py", "*.py"),
    ("A", "a"),
    ("é1", "[!a-z]?"),
    ("a\nb", "a*"),
    ("", "*"),
    ("[x]", "[[]x]"),
    ("a", "[b-]"),
):
    print(
        name.encode(), pattern, fnmatch.fnmatch(name, pattern), fnmatch.fnmatchcase(name, pattern)
    )
print(fnmatch.filter(["a.py", "b.txt", "c.py"], "*.py"), fnmatch.translate("a?[!b]*.tx[t]"))
print(
    getopt.getopt(["-a", "x", "-bv", "--long=5", "--flag", "rest", "-z"], "a:bv", ["long=", "flag"])
)
print(getopt.gnu_getopt(["rest", "-a", "1", "more", "--", "-b"], "a:b"))
for args in (["-x"], ["-a"], ["--nope"], ["--flag=1"], ["--long"], ["--l"]):
    try:
        print(getopt.getopt(args, "a:", ["long=", "flag", "lone"]))
    except getopt.GetoptError as error:
        print(error, "|", error.opt, "|", error.msg)
print(html.escape('<a href="x">it\'s & é</a>'), html.escape("\"'", quote=False))
print(
    reprlib.repr(list(range(100))), reprlib.repr("x" * 100), reprlib.repr({i: i for i in range(9)})
)
print(
    reprlib.repr([[[[[[[1]]]]]]]),
    reprlib.repr(10**60),
    reprlib.repr((1, (2,))),
    reprlib.repr({3, 1, 2}),
)
short = reprlib.Repr()
short.maxlist = 2
short.maxstring = 10
print(short.repr([1, 2, 3]), short.repr("abcdefghijklmnop"))
print(ngettext("file", "files", 1), ngettext("file", "files", 2))
