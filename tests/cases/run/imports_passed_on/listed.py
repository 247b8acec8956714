__all__ = ["first", "_second"]
first = 1
_second = 2
third = 3
