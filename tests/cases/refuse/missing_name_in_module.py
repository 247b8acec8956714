"""A name that a library module does not have."""
from math import squircle  # refuse

print(squircle(2))
