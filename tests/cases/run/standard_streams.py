"""sys.stdout and sys.stderr kept, passed on and printed to; files that may be None."""

import io
import sys


def out(message, *more, file=None, end="\n"):
    if file is None:
        file = sys.stdout
    print(message, *[str(m) for m in more][:0], end=end)
    print(message, len(more), file=file, end=end)
    file.write("written\n")
    file.flush()


class Log:
    def __init__(self, stream=None):
        self.stream = stream or sys.stderr

    def say(self, *parts):
        self.stream.write(" ".join(map(str, parts)) + "\n")


def maybe(text, file=None):
    print(text, 1.5, None, sep="-", file=file)


out("a")
out("b", 1, 2, file=sys.stderr)
Log().say("lost")
Log(sys.stdout).say("é", 10**20)
maybe("x")
maybe("y", sys.stdout)
buffer = io.StringIO()
maybe("z", buffer)
print(repr(buffer.getvalue()))
for stream in (None, sys.stdout, buffer):
    print("to any", file=stream)
print(buffer.getvalue().splitlines(), sys.stdout is sys.stdout, sys.stdout is sys.stderr)
stream = sys.stdout
stream.writelines(["p\n", "q\n"])
print(type(stream).__name__, stream.name, stream.encoding, file=stream, flush=True)
write = sys.stdout.write
write("direct\n")
