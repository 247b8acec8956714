"""Flags of re are plain ints here, which nothing may show."""

import re

FLAGS = re.I | re.M
print(re.findall("^a", "A\na", FLAGS), FLAGS == 10)
print(FLAGS)  # refuse: PT203
print(f"{re.I}")  # refuse: PT203
print(repr(~re.S))  # refuse: PT203
print([re.I])  # refuse: PT203
print(type(re.I))  # refuse: PT203
print("%s" % re.I)  # refuse: PT203
print(str(FLAGS))  # refuse: PT203
print("{}".format(re.I))  # refuse: PT203


def combined(flag):
    return flag | re.M


def taken(flag):
    print(flag)  # refuse: PT203


def by_default(flag=re.S):
    print(flag)  # refuse: PT203


taken(re.I)
by_default()
print(combined(re.I))  # refuse: PT203


class Finder:
    def __init__(self, flags=0):
        self.flags = flags

    def found(self, pattern, text):
        return re.findall(pattern, text, self.flags)

    def told(self):
        return f"{self.flags}"  # refuse: PT203


finder = Finder(re.I)
print(finder.found("a", "A"), finder.told())


def assigned() -> None:
    annotated: int = re.IGNORECASE
    print(annotated)  # refuse: PT203


def grown() -> None:
    flags = 0
    flags |= re.MULTILINE
    print(flags)  # refuse: PT203


assigned()
grown()
