import typing as t
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

__all__ = ["Enum", "Named", "dataclass", "lru_cache", "t"]


class Named(t.NamedTuple):
    x: int
    y: int = 2
