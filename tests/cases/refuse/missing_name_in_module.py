"""A name that a library module does not have."""
from math import squircle  # refuse: PT104

print(squircle(2))
