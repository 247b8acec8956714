"""Branches for other systems, the numbers of errors, and what looks on from outside."""

import errno
import os
import sys
from errno import EEXIST, ENOENT as missing

if sys.platform == "win32":
    import msvcrt

    def key():
        return msvcrt.getch()

elif os.name in ("nt", "dos") or sys.platform.startswith(("x", "y")):
    key = None
else:

    def key():
        return "posix"


class Shell:
    if os.name == "nt":

        def split(self, path):
            return path.split("\\")

    elif sys.platform.startswith("linux") and os.name != "java":

        def split(self, path):
            return path.split("/")

    def run(self, path):
        sys.audit("shell.run", path, 3)
        if sys.platform not in ("linux", "darwin"):
            import _winapi

            return _winapi.run(path)
        return self.split(path)


print(key(), Shell().run("a/b"))
print(errno.ENOENT, errno.EACCES, EEXIST, missing, errno.EWOULDBLOCK == errno.EAGAIN)
try:
    open("no/such/file")
except OSError as error:
    print(error.errno == errno.ENOENT, error)
print(os.SEEK_SET, os.SEEK_CUR, os.SEEK_END)
print(sys.getdefaultencoding(), sys.getfilesystemencoding())
