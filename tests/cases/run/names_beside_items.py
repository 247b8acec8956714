"""Locals whose Rust names other things have, and functions whose defaults come and go."""


def main():
    SYSTEM_ERROR = -32400
    RUNTIME_ERROR, KEY_ERROR = -1, {"a": 2}
    NODE_CLASS = 5
    COUNT_SLOT = 7
    for VALUE_ERROR in range(2):
        print(SYSTEM_ERROR, RUNTIME_ERROR, KEY_ERROR["a"], NODE_CLASS, COUNT_SLOT, VALUE_ERROR)
    try:
        raise RuntimeError("seen")
    except RuntimeError as error:
        print(error)


class Node:
    pass


count = 0


def grow():
    global count
    count += 1
    return count


def _expected(want):
    return "expected " + want


def check(want, expected=None):
    return _expected(want)


class Future:
    def __init__(self):
        self.state = "pending"

    def result(self, timeout=None):
        try:
            return self.state, timeout
        finally:
            self = None

    def cancel(self):
        self.state = "cancelled"
        return self


def ask(thing, name):
    return getattr(thing, name)()


extensions = None


def handlers(events, log):
    made = []
    for event in events:
        if event == "start":

            def handler(tag, event=event, log=log):
                log.append((event, tag))

            made.append(handler)
        else:

            def handler(tag, more=(), event=event, log=log, add=len):
                log.append((event, tag, add(more)))

            made.append(handler)
    return made


main()
print(grow(), Node.__name__, check("this"), check("that", None))
print(ask(Future(), "result"), Future().cancel().result(3), ask(Future(), "cancel").state)
try:
    if "x" not in extensions:
        print("never")
except TypeError as error:
    print(error)
try:
    print(not extensions.lower())
except AttributeError as error:
    print(error)
log = []
for handle in handlers(["start", "end"], log):
    handle("tag")
print(log)
