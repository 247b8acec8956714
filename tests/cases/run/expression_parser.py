"""A tokenizer, recursive-descent parser and evaluator of arithmetic."""


class ParseError(Exception):
    def __init__(self, message: str, position: int) -> None:
        super().__init__(f"{message} at {position}")
        self.position = position


class Parser:
    def __init__(self, text: str) -> None:
        self.tokens = self.tokenize(text)
        self.pos = 0

    @staticmethod
    def tokenize(text: str) -> list[tuple[str, str, int]]:
        tokens = []
        i = 0
        while i < len(text):
            ch = text[i]
            if ch.isspace():
                i += 1
            elif ch.isdigit() or ch == ".":
                start = i
                while i < len(text) and (text[i].isdigit() or text[i] == "."):
                    i += 1
                tokens.append(("num", text[start:i], start))
            elif ch.isalpha():
                start = i
                while i < len(text) and text[i].isalnum():
                    i += 1
                tokens.append(("name", text[start:i], start))
            elif ch in "+-*/^()=":
                tokens.append(("op", ch, i))
                i += 1
            else:
                raise ParseError(f"unexpected {ch!r}", i)
        tokens.append(("end", "", len(text)))
        return tokens

    def peek(self) -> str:
        return self.tokens[self.pos][1]

    def take(self) -> tuple[str, str, int]:
        token = self.tokens[self.pos]
        self.pos += 1
        return token

    def expression(self, env: dict[str, float]) -> float:
        value = self.term(env)
        while self.peek() in ("+", "-"):
            op = self.take()[1]
            right = self.term(env)
            value = value + right if op == "+" else value - right
        return value

    def term(self, env):
        value = self.factor(env)
        while self.peek() and self.peek() in "*/":
            op = self.take()[1]
            right = self.factor(env)
            if op == "*":
                value *= right
            else:
                value /= right
        return value

    def factor(self, env):
        kind, text, at = self.take()
        if text == "-":
            return -self.factor(env)
        if text == "(":
            value = self.expression(env)
            if self.take()[1] != ")":
                raise ParseError("expected )", at)
        elif kind == "num":
            value = float(text)
        elif kind == "name":
            if text not in env:
                raise ParseError(f"unknown name {text}", at)
            value = env[text]
        else:
            raise ParseError(f"unexpected {text or 'end'}", at)
        if self.peek() == "^":
            self.take()
            return value ** self.factor(env)
        return value


env = {"pi": 3.0, "x": 10.0}
for source in [
    "1 + 2 * 3",
    "(1+2)*3",
    "2^3^2",
    "-x / 4",
    "pi * x ^ 2",
    "1 / 0",
    "2 +",
    "(1",
    "1 $ 2",
    "foo",
    "1.5.2",
    "",
]:
    try:
        print(f"{source!r:>14} = {Parser(source).expression(env)}")
    except ParseError as e:
        print(f"{source!r:>14} ! {e} ({e.position})")
    except (ZeroDivisionError, ValueError) as e:
        print(f"{source!r:>14} ! {type(e).__name__}: {e}")
