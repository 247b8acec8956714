"""Passes names on, by name and by star."""

from base import *
from base import LIMIT, names, count
from math import pi


def show():
    return names


def pow(a, b):
    return f"own pow {a} {b}"
