"""Words of a shell, and timing of functions."""

import shlex
import timeit
from timeit import default_timer as timer

for line in [
    "ls -l 'my file' other",
    'say "hello \\"you\\"" it\\ is',
    "a#b # c",
    "",
    "  ",
    "''",
    "x=''\"y\"",
]:
    print(shlex.split(line), shlex.split(line, comments=True))
for bad in ["'open", '"open', "end\\"]:
    try:
        shlex.split(bad)
    except ValueError as error:
        print(error)
words = ["plain", "two words", "it's", "", "$HOME", "a/b-c.d", "ü"]
print(shlex.join(words), shlex.split(shlex.join(words)) == words)
print([shlex.quote(word) for word in words])

calls = []


def work():
    calls.append(len(calls))
    return sum(range(10))


start = timer()
print(timeit.timeit(work, number=5) >= 0, len(calls))
print(len(timeit.repeat(lambda: work(), repeat=3, number=2)), len(calls))
print(timeit.Timer(work).timeit(number=1) >= 0, len(calls), timer() >= start)
