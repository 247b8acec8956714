"""A name that a library module does not have."""

from math import squircle

print(squircle(2))  # refuse: PT203
