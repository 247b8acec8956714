"""input() and sys.stdin with nothing to read."""

import sys

try:
    line = input("name? ")
    print("read", repr(line))
except EOFError as e:
    print("EOFError", e)
print(repr(sys.stdin.read()), list(sys.stdin), repr(sys.stdin.readline()))
for line in sys.stdin:
    print("never", line)
print("done")
