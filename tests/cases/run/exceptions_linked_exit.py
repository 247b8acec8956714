"""Causes, contexts and notes of exceptions whose classes have fields."""


class AppError(Exception):
    def __init__(self, code, msg):
        super().__init__(msg)
        self.code = code


class Sub(AppError):
    pass


class Quiet(Exception):
    def __str__(self):
        return "quiet!"


try:
    try:
        1 / 0
    except ZeroDivisionError as z:
        raise AppError(3, "bad") from z
except AppError as e:
    print(
        e,
        e.code,
        e.args,
        repr(e),
        repr(e.__cause__),
        e.__cause__ is e.__context__,
        e.__suppress_context__,
    )
try:
    try:
        {}["k"]
    except KeyError:
        raise Sub(4, "sub")
except Sub as e:
    print(repr(e.__context__), e.__cause__, e.__suppress_context__)
    e.add_note("n1")
    e.add_note("n2")
    print(e.__notes__)
kept = Sub(1, "kept")
try:
    raise kept from ValueError("why")
except AppError as e:
    print(e is kept, repr(kept.__cause__), e.with_traceback(None) is kept)
try:
    raise kept
except Exception as e:
    print(e is kept, repr(e.__cause__), repr(e.__context__))
print(hasattr(kept, "__notes__"), kept.args)
try:
    raise Quiet(1, 2)
except Quiet as x:
    print(x, x.args, repr(x), x.__cause__)


def f():
    try:
        raise TypeError("t")
    except (ValueError, TypeError):
        try:
            raise Sub(2, "r") from None
        except Sub as r:
            return r


r = f()
print(repr(r), r.__cause__, repr(r.__context__), r.__suppress_context__)
errors = []
for n in range(3):
    try:
        try:
            raise Sub(n, f"n{n}")
        except AppError as inner:
            raise Quiet(n) from inner
    except Quiet as outer:
        errors.append(outer)
print([(q.args, q.__cause__.code, type(q.__cause__).__name__) for q in errors])
try:
    kept.add_note(3)
except TypeError as e:
    print(e)
raise Sub(9, "final") from kept
