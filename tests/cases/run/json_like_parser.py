"""A recursive parser of a JSON-like format into Python values, and back."""


class Reader:
    def __init__(self, text: str):
        self.text = text
        self.i = 0

    def error(self, message: str) -> ValueError:
        return ValueError(f"{message}: line 1 column {self.i + 1}")

    def space(self):
        while self.i < len(self.text) and self.text[self.i] in " \n\t":
            self.i += 1

    def value(self):
        self.space()
        if self.i >= len(self.text):
            raise self.error("unexpected end")
        ch = self.text[self.i]
        if ch == "{":
            return self.object()
        if ch == "[":
            return self.array()
        if ch == '"':
            return self.string()
        for word, result in (("true", True), ("false", False), ("null", None)):
            if self.text.startswith(word, self.i):
                self.i += len(word)
                return result
        return self.number()

    def expect(self, ch):
        self.space()
        if self.text[self.i : self.i + 1] != ch:
            raise self.error(f"expected {ch!r}")
        self.i += 1

    def object(self):
        result = {}
        self.expect("{")
        self.space()
        while self.text[self.i : self.i + 1] != "}":
            if result:
                self.expect(",")
                self.space()
            key = self.string()
            self.expect(":")
            result[key] = self.value()
            self.space()
        self.i += 1
        return result

    def array(self):
        result = []
        self.expect("[")
        self.space()
        while self.text[self.i : self.i + 1] != "]":
            if result:
                self.expect(",")
            result.append(self.value())
            self.space()
        self.i += 1
        return result

    def string(self):
        self.expect('"')
        out = ""
        while True:
            ch = self.text[self.i : self.i + 1]
            self.i += 1
            if ch == "":
                raise self.error("open string")
            if ch == '"':
                return out
            if ch == "\\":
                escape = self.text[self.i]
                self.i += 1
                if escape == "u":
                    ch = chr(int(self.text[self.i : self.i + 4], 16))
                    self.i += 4
                else:
                    ch = {"n": "\n", "t": "\t"}.get(escape, escape)
            out += ch

    def number(self):
        start = self.i
        while self.i < len(self.text) and self.text[self.i] in "+-.eE0123456789":
            self.i += 1
        token = self.text[start : self.i]
        if not token:
            raise self.error(f"unexpected {self.text[self.i]!r}")
        return float(token) if any(c in token for c in ".eE") else int(token)


for source in (
    '{"a": [1, 2.5, -3e2, true, null], "b": {"c": "x\\n\\u00e9\\""}}',
    "[]",
    " [ [ ] , {} ] ",
    '"plain"',
    "12345678901234567890",
):
    print(repr(Reader(source).value()))
for bad in ("", "[1 2]", '{"a" 1}', '"open', "@", "[1,", "1.2.3"):
    try:
        print(Reader(bad).value())
    except ValueError as e:
        print(f"{bad!r}: {e}")
data = Reader(
    '{"users": [{"name": "Ann", "age": 30}, {"name": "Bob", "age": 25}], "total": 2}'
).value()
print(
    data["users"][0]["name"],
    sum(u["age"] for u in data["users"]),
    data["total"] + 1,
    [u["name"].lower() for u in data["users"]],
)
data["users"].append({"name": "Cy", "age": None})
print(data, len(data["users"]))
