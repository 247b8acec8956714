"""raise from, context, re-raise, nested handlers, errors inside finally, groups of handlers."""


class Retry(Exception):
    pass


def parse(text):
    try:
        return int(text)
    except ValueError as e:
        raise TypeError("cannot parse") from e


try:
    parse("x")
except TypeError as e:
    print(e, "<-", type(e.__cause__).__name__, e.__cause__, e.__suppress_context__)
try:
    try:
        {}["a"]
    except KeyError:
        [][0]
except IndexError as e:
    print(e, "<~", repr(e.__context__), e.__cause__)
try:
    try:
        raise ValueError("one")
    finally:
        raise KeyError("two")
except KeyError as e:
    print(e, repr(e.__context__))


def attempts(fail: int) -> str:
    tries = 0
    while True:
        tries += 1
        try:
            if tries <= fail:
                raise Retry(tries)
            return f"ok after {tries}"
        except Retry as e:
            if tries >= 3:
                raise RuntimeError(f"gave up: {e}") from e


for n in (0, 2, 5):
    try:
        print(attempts(n))
    except RuntimeError as e:
        print(e, repr(e.__cause__))


def reraise(log):
    try:
        try:
            raise ValueError("deep")
        except ValueError:
            log.append("first")
            raise
        finally:
            log.append("cleanup")
    except ValueError as e:
        log.append(str(e))
    else:
        log.append("no")
    return log


print(reraise([]))
e = "kept"
try:
    raise ValueError("v")
except ValueError as err:
    saved = err
print(e, saved, saved.args, saved.__traceback__ is not None)
try:
    print(err)
except NameError as problem:
    print(problem)
handlers = [ZeroDivisionError, (KeyError, IndexError), LookupError, ArithmeticError, Exception]
for error in (
    ZeroDivisionError("z"),
    OverflowError("o"),
    KeyError("k"),
    UnicodeError("u"),
    StopIteration(3),
):
    for h in handlers:
        try:
            raise error
        except h as caught:
            print(type(error).__name__, "by", getattr(h, "__name__", "pair"), caught)
            break
        except BaseException:
            pass
print(
    [
        issubclass(a, b)
        for a, b in [
            (KeyError, LookupError),
            (UnicodeDecodeError, ValueError),
            (BaseException, Exception),
            (FileNotFoundError, OSError),
        ]
    ]
)
note = ValueError("noted")
note.add_note("a note")
print(
    note.__notes__,
    StopIteration(5).value,
    KeyError().args,
    str(KeyError("q")),
    str(KeyError("a", 1)),
)
