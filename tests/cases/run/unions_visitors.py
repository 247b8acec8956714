"""Syntax trees without a common base, visitors, state machines, observers, protocols by habit."""


class Num:
    def __init__(self, value):
        self.value = value

    def accept(self, visitor):
        return visitor.visit_num(self)

    def evaluate(self, env):
        return self.value


class Name:
    def __init__(self, value):
        self.value = value

    def accept(self, visitor):
        return visitor.visit_name(self)

    def evaluate(self, env):
        return env[self.value]


class Binary:
    def __init__(self, op, left, right):
        self.op = op
        self.left = left
        self.right = right

    def accept(self, visitor):
        return visitor.visit_binary(self)

    def evaluate(self, env):
        a, b = self.left.evaluate(env), self.right.evaluate(env)
        if self.op == "+":
            return a + b
        if self.op == "-":
            return a - b
        if self.op == "*":
            return a * b
        raise ValueError(f"unknown operator {self.op}")


class Negate:
    def __init__(self, operand):
        self.operand = operand

    def accept(self, visitor):
        return visitor.visit_negate(self)

    def evaluate(self, env):
        return -self.operand.evaluate(env)


class Show:
    def visit_num(self, node):
        return str(node.value)

    def visit_name(self, node):
        return node.value

    def visit_binary(self, node):
        return f"({node.left.accept(self)} {node.op} {node.right.accept(self)})"

    def visit_negate(self, node):
        return "-" + node.operand.accept(self)


class Count:
    def __init__(self):
        self.seen = 0

    def visit_num(self, node):
        self.seen += 1
        return 1

    def visit_name(self, node):
        self.seen += 1
        return 1

    def visit_binary(self, node):
        self.seen += 1
        return 1 + node.left.accept(self) + node.right.accept(self)

    def visit_negate(self, node):
        self.seen += 1
        return 1 + node.operand.accept(self)


def simplify(node):
    if isinstance(node, Binary):
        left, right = simplify(node.left), simplify(node.right)
        if isinstance(left, Num) and isinstance(right, Num):
            return Num(Binary(node.op, left, right).evaluate({}))
        if node.op == "*" and isinstance(left, Num) and left.value == 1:
            return right
        return Binary(node.op, left, right)
    if isinstance(node, Negate):
        inner = simplify(node.operand)
        return inner.operand if isinstance(inner, Negate) else Negate(inner)
    return node


class Parser:
    def __init__(self, text):
        self.tokens = text.replace("(", " ( ").replace(")", " ) ").split()
        self.at = 0

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self):
        token = self.tokens[self.at]
        self.at += 1
        return token

    def sum(self):
        node = self.product()
        while self.peek() in ("+", "-"):
            op = self.take()
            node = Binary(op, node, self.product())
        return node

    def product(self):
        node = self.atom()
        while self.peek() == "*":
            self.take()
            node = Binary("*", node, self.atom())
        return node

    def atom(self):
        token = self.take()
        if token == "(":
            node = self.sum()
            self.take()
            return node
        if token == "-":
            return Negate(self.atom())
        return Num(int(token)) if token.isdigit() else Name(token)


for text in ("1 + 2 * x", "( 1 + 2 ) * ( 3 - - - y )", "1 * x", "- - x", "7"):
    tree = Parser(text).sum()
    count = Count()
    small = simplify(tree)
    shown = [t.accept(Show()) for t in (tree, small)]
    print(shown, tree.accept(count), count.seen, small.evaluate({"x": 10, "y": 4}))
try:
    Binary("/", Num(1), Num(2)).evaluate({})
except ValueError as e:
    print(e)


class Idle:
    name = "idle"

    def on(self, event, machine):
        if event == "start":
            return Running(machine.speed)
        return self

    def enter(self, machine):
        machine.log.append("idle")


class Running:
    name = "running"

    def __init__(self, speed):
        self.speed = speed

    def on(self, event, machine):
        if event == "stop":
            return Idle()
        if event == "fault":
            return Broken("fault at " + str(self.speed))
        self.speed += 1
        machine.speed = self.speed
        return self

    def enter(self, machine):
        machine.log.append(f"running {self.speed}")


class Broken:
    name = "broken"

    def __init__(self, why):
        self.why = why

    def on(self, event, machine):
        return Idle() if event == "repair" else self

    def enter(self, machine):
        machine.log.append(self.why)


class Machine:
    def __init__(self):
        self.speed = 3
        self.log = []
        self.state = Idle()
        self.state.enter(self)

    def send(self, event):
        following = self.state.on(event, self)
        if following is not self.state:
            self.state = following
            following.enter(self)


machine = Machine()
for event in "x start x x fault stop repair start stop".split():
    machine.send(event)
    print(event, machine.state.name, getattr(machine.state, "why", "-"))
print(machine.log)


class Printer:
    def notify(self, event, *args):
        print("printer", event, args)


class Recorder:
    def __init__(self):
        self.events = []

    def notify(self, event, *args, **more):
        self.events.append((event, len(args), more))


class Weak(Recorder):
    def notify(self, event, *args, **more):
        if event != "skip":
            super().notify(event, *args, **more)


class Subject:
    def __init__(self):
        self.observers = []

    def attach(self, observer):
        self.observers.append(observer)
        return self

    def fire(self, event, *args):
        for observer in self.observers:
            observer.notify(event, *args)


recorder, weak = Recorder(), Weak()
subject = Subject().attach(Printer()).attach(recorder).attach(weak)
subject.fire("go", 1, 2)
subject.fire("skip")
print(recorder.events, weak.events)


class Memory:
    def __init__(self):
        self.parts = []

    def write(self, text):
        self.parts.append(text)
        return len(text)


class Upper(Memory):
    def write(self, text):
        return super().write(text.upper())


class Nowhere:
    def write(self, text):
        return 0


def report(out, lines):
    return sum(out.write(line) for line in lines)


sinks = [Memory(), Upper(), Nowhere()]
print([report(sink, ["ab", "c"]) for sink in sinks], [getattr(s, "parts", None) for s in sinks])


class Stack:
    def __init__(self):
        self.items = []

    def put(self, item):
        self.items.append(item)

    def get(self):
        return self.items.pop()


class Line:
    def __init__(self):
        self.items = []

    def put(self, item):
        self.items.insert(0, item)

    def get(self):
        return self.items.pop()


def search(graph, frontier, start):
    frontier.put(start)
    seen = []
    while frontier.items:
        node = frontier.get()
        if node not in seen:
            seen.append(node)
            for other in graph[node]:
                frontier.put(other)
    return seen


graph = {1: [2, 3], 2: [4], 3: [4, 5], 4: [6], 5: [6], 6: []}
for frontier in (Stack(), Line()):
    print(type(frontier).__name__, search(graph, frontier, 1))
