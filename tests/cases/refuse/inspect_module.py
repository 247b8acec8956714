"""Source text and signatures at run time."""
import inspect  # refuse


def add(a: int, b: int) -> int:
    return a + b


print(inspect.getsource(add))
