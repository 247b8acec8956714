"""difflib: ratios, close matches, deltas; Python's own module, translated."""

import difflib
from difflib import SequenceMatcher, get_close_matches

print(SequenceMatcher(None, "abcd", "bcde").ratio(), SequenceMatcher(None, "", "").ratio())
s = SequenceMatcher(
    lambda x: x == " ", "private Thread currentThread;", "private volatile Thread currentThread;"
)
print(round(s.ratio(), 3), s.quick_ratio(), s.real_quick_ratio())
for block in s.get_matching_blocks():
    print(block.a, block.b, block.size, tuple(block))
for op in s.get_opcodes():
    print(op)
m = s.find_longest_match(0, 10, 0, 10)
print(m.a, m.b, m.size, m)
print(
    get_close_matches("appel", ["ape", "apple", "peach", "puppy"]), get_close_matches("zzz", ["a"])
)
for bad in (0, 3):
    try:
        print(get_close_matches("a", ["a"], n=bad, cutoff=2.0))
    except ValueError as error:
        print(error)
a = "one\ntwo\nthree\nfünf\n".splitlines(keepends=True)
b = "ore\ntree\nemu\nfünf\n".splitlines(keepends=True)
print("".join(difflib.unified_diff(a, b, "before.py", "after.py", "2024", "2025", n=1)), end="")
print("".join(difflib.context_diff(a, b, fromfile="before.py", tofile="after.py")), end="")
diff = list(difflib.ndiff(a, b))
print("".join(diff), end="")
print("".join(difflib.restore(diff, 1)), end="")
print(list(difflib.unified_diff([], [])), list(difflib.unified_diff(["a"], ["a"])))
groups = SequenceMatcher(None, list(range(40)), [*range(5), 99, *range(5, 40)]).get_grouped_opcodes(
    2
)
print([list(g) for g in groups])
