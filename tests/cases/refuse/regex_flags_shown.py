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
