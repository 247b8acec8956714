"""What `*` brings is known to CPython only when it runs the import."""

from heapq import *  # refuse: PT201

print("unreachable")
