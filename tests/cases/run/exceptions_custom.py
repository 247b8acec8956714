"""Exception classes of the program: hierarchy, attributes, str and chaining."""


class AppError(Exception):
    """Base of the errors of this program."""


class NotFound(AppError):
    def __init__(self, name: str, code: int = 404) -> None:
        super().__init__(f"{name} not found")
        self.name = name
        self.code = code


class Invalid(AppError, ValueError):
    def __str__(self) -> str:
        return "invalid: " + ", ".join(str(a) for a in self.args)


def find(name: str, table: dict[str, int]) -> int:
    try:
        return table[name]
    except KeyError as e:
        raise NotFound(name) from e


def check(n: int) -> int:
    if n < 0:
        raise Invalid(n, "negative")
    if n == 0:
        raise AppError
    return n


table = {"a": 1}
print(find("a", table))
try:
    find("b", table)
except NotFound as e:
    print(e, e.name, e.code, repr(e), repr(e.__cause__), isinstance(e, AppError))
for n in (-1, 0, 1):
    try:
        print(check(n))
    except ValueError as e:
        print("as ValueError:", e, repr(e))
    except AppError as e:
        print("as AppError:", repr(e), str(e) == "")
try:
    try:
        find("zz", table)
    except AppError:
        raise RuntimeError("wrapped")
except RuntimeError as e:
    print(e, "| context:", e.__context__, "| cause:", e.__cause__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise Invalid("div") from None
except Invalid as e:
    print(e, e.__suppress_context__)
errors = [
    ValueError("v"),
    KeyError("k"),
    NotFound("n", 1),
    Exception(),
    Exception(1, "two"),
    OSError("disk"),
]
for err in errors:
    print(type(err).__name__, repr(err), str(err), err.args)
    try:
        raise err
    except (AppError, KeyError) as caught:
        print("  first", caught is err)
    except Exception as caught:
        print("  second", caught is err)
try:
    assert 1 + 1 == 2, "fine"
    assert len("abc") == 4, f"length {len('abc')}"
except AssertionError as e:
    print("assert:", e)
try:
    assert not [0]
except AssertionError as e:
    print(repr(e))
