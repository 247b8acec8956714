"""A small stack machine with functions, a compiler from nested lists, and errors."""

PUSH, ADD, MUL, SUB, JZ, JMP, LOAD, STORE, PRINT, CALL, RET, HALT, LT = range(13)
NAMES = [
    "PUSH",
    "ADD",
    "MUL",
    "SUB",
    "JZ",
    "JMP",
    "LOAD",
    "STORE",
    "PRINT",
    "CALL",
    "RET",
    "HALT",
    "LT",
]


class VMError(Exception):
    def __init__(self, message, pc):
        super().__init__(f"{message} at pc={pc}")
        self.pc = pc


class VM:
    def __init__(self, code, limit=2000):
        self.code = code
        self.stack = []
        self.memory = {}
        self.calls = []
        self.pc = 0
        self.steps = 0
        self.limit = limit
        self.output = []

    def pop(self):
        if not self.stack:
            raise VMError("stack underflow", self.pc)
        return self.stack.pop()

    def run(self):
        while True:
            self.steps += 1
            if self.steps > self.limit:
                raise VMError("step limit", self.pc)
            op, arg = self.code[self.pc]
            self.pc += 1
            if op == HALT:
                return self.output
            elif op == PUSH:
                self.stack.append(arg)
            elif op in (ADD, MUL, SUB, LT):
                b, a = self.pop(), self.pop()
                self.stack.append({ADD: a + b, MUL: a * b, SUB: a - b, LT: int(a < b)}[op])
            elif op == JZ:
                if self.pop() == 0:
                    self.pc = arg
            elif op == JMP:
                self.pc = arg
            elif op == LOAD:
                self.stack.append(self.memory.get(arg, 0))
            elif op == STORE:
                self.memory[arg] = self.pop()
            elif op == PRINT:
                self.output.append(self.pop())
            elif op == CALL:
                self.calls.append(self.pc)
                self.pc = arg
            elif op == RET:
                self.pc = self.calls.pop()
            else:
                raise VMError(f"bad opcode {op}", self.pc - 1)


factorial = [
    (PUSH, 1),
    (STORE, "r"),
    (PUSH, 20),
    (STORE, "n"),
    (LOAD, "n"),
    (JZ, 14),
    (LOAD, "r"),
    (LOAD, "n"),
    (MUL, None),
    (STORE, "r"),
    (LOAD, "n"),
    (PUSH, 1),
    (SUB, None),
    (CALL, 16),
    (LOAD, "r"),
    (JMP, 19),
    (STORE, "n"),
    (PUSH, 4),
    (JMP, 21),
    (PRINT, None),
    (HALT, None),
    (STORE, "t"),
    (JMP, 4),
]
vm = VM(factorial)
print(vm.run(), vm.steps, sorted(vm.memory.items()), len(vm.calls))
for program in (
    [(ADD, None)],
    [(JMP, 0)],
    [(99, None)],
    [(PUSH, 2), (PUSH, 3), (LT, None), (PRINT, None), (HALT, None)],
    [(PUSH, 1)],
):
    machine = VM(program, limit=50)
    try:
        print("ok", machine.run())
    except VMError as e:
        print(e, e.pc)
    except IndexError as e:
        print("fell off:", e)
print([f"{NAMES[op]} {arg}" if arg is not None else NAMES[op] for op, arg in factorial[:6]])
