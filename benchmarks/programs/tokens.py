"""A tokenizer and a recursive descent calculator with exceptions."""


class BadInput(Exception):
    pass


class Calculator:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def peek(self) -> str:
        while self.at < len(self.text) and self.text[self.at] == " ":
            self.at += 1
        return self.text[self.at] if self.at < len(self.text) else ""

    def expression(self) -> int:
        value = self.term()
        while self.peek() in ("+", "-") and self.peek():
            operator = self.text[self.at]
            self.at += 1
            right = self.term()
            value = value + right if operator == "+" else value - right
        return value

    def term(self) -> int:
        value = self.atom()
        while self.peek() in ("*", "/", "%") and self.peek():
            operator = self.text[self.at]
            self.at += 1
            right = self.atom()
            if operator == "*":
                value *= right
            elif operator == "/":
                value //= right
            else:
                value %= right
        return value

    def atom(self) -> int:
        char = self.peek()
        if char == "(":
            self.at += 1
            value = self.expression()
            if self.peek() != ")":
                raise BadInput(f"expected ) at {self.at}")
            self.at += 1
            return value
        start = self.at
        while self.at < len(self.text) and self.text[self.at].isdigit():
            self.at += 1
        if start == self.at:
            raise BadInput(f"expected a number at {start}")
        return int(self.text[start : self.at])


def main() -> None:
    lines = ["1 + 2 * (3 - 4) * 17 % 5", "((12 * 12) - 44) / 7", "2 * (3 + ", "8 / (4 - 4)"]
    total = 0
    problems: dict[str, int] = {}
    for i in range(12_000):
        for line in lines:
            try:
                total += Calculator(f"{i} + {line}").expression()
            except (BadInput, ZeroDivisionError) as error:
                problems[str(error)] = problems.get(str(error), 0) + 1
    print(total)
    for problem, count in sorted(problems.items()):
        print(count, problem)


main()
