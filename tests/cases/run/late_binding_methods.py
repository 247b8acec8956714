"""Bound methods as values, methods replaced on instances, callables in tables, getattr."""


class Button:
    def __init__(self, label):
        self.label = label
        self.handlers = []
        self.on_click = None

    def subscribe(self, f):
        self.handlers.append(f)
        return f

    def click(self, *args):
        if self.on_click:
            self.on_click(self.label)
        return [h(*args) for h in self.handlers]


class Log:
    def __init__(self):
        self.lines = []

    def write(self, text):
        self.lines.append(text)
        return len(self.lines)

    def shout(self, text):
        return self.write(text.upper() + "!")


class Calculator:
    def add(self, a, b):
        return a + b

    def sub(self, a, b):
        return a - b

    def dispatch(self, name, *args):
        method = getattr(self, name, None)
        if method is None:
            return f"no {name}"
        return method(*args)


log = Log()
button = Button("ok")
button.subscribe(log.write)
button.subscribe(log.shout)
button.on_click = log.write
print(button.click("hi"), log.lines)
other = Log()
button.handlers[0] = other.write
print(button.click("again"), log.lines, other.lines)
write = log.write
write("bound")
log.lines = ["fresh"]
write("still bound")
print(log.lines)
calc = Calculator()
print(calc.dispatch("add", 1, 2), calc.dispatch("sub", 5, 3), calc.dispatch("mul", 1, 1))
ops = {"+": calc.add, "-": calc.sub, "max": max, "len": lambda a, b: len(a) + len(b)}
print(ops["+"](1, 2), ops["-"](1, 2), ops["max"](1, 2), ops["len"]("ab", [1]))
print(
    list(map(calc.add, [1, 2], [10, 20])),
    sorted(["bb", "a"], key=len),
    list(map(str.upper, ["x", "y"])),
)
print(Calculator.add(calc, 3, 4), (lambda m: m("direct"))(other.write))
classes = {"log": Log, "button": Button}
made = classes["button"]("made")
print(made.label, type(classes["log"]()).__name__)
makers = [Log, lambda: Log(), Calculator]
print([type(m()).__name__ for m in makers])
pairs = [(calc.add, (1, 2)), (calc.sub, (9, 4))]
print([f(*args) for f, args in pairs])
