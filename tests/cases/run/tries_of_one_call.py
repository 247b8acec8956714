"""What a `try` ends with, and where what it does not handle goes."""


class Log:
    def __init__(self):
        self.lines = []

    def put(self, text):
        if text == "bad":
            raise ValueError("a bad text (here)")
        self.lines.append(text)


def kept(log, text):
    try:
        log.put(text)
    except BaseException as error:
        log.put(f"{type(error).__name__}: {error}")
        return None
    else:
        log.put("fine")
    return len(log.lines)


def chosen(log, text, kind):
    try:
        log.put("(")
        if kind == "zero":
            print(1 // 0)
        log.put(text)
    except ValueError as error:
        return f"value {error}"
    except ZeroDivisionError as error:
        raise KeyError("instead") from error
    return "none"


def inner_of_two(log):
    try:
        try:
            log.put("bad")
        except KeyError:
            return "key"
    except ValueError as error:
        return f"outer {error}"
    return "nothing"


def any_of_them(text):
    try:
        int(text)
    except (TypeError, BaseException) as error:
        error = str(error)
        return error.upper()
    return "number"


log = Log()
print(kept(log, "a"), kept(log, "bad"), log.lines)
print(chosen(log, "ok)", ""), chosen(log, "bad", ""), inner_of_two(log))
try:
    chosen(log, "x", "zero")
except KeyError as error:
    print("key", error, repr(error.__cause__))
print(any_of_them("3"), any_of_them("x"))
