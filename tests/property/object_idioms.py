"""Idioms of classes: operators, inheritance, dataclasses, context managers, errors, aliases."""

from __future__ import annotations

from tests.property import literals
from tests.property.kinds import INT, STR
from tests.property.sketches import Sketches, lines_of
from tests.property.statements import Lines, indented


class ObjectIdioms(Sketches):
    """Writes idioms of classes."""

    def _operators_of_a_class(self, name: str) -> Lines:
        rng = self.rng
        out = [f"class {name}:", *indented(["def __init__(self, v):", "    self.v = v"])]
        out += indented(["def __repr__(self):", "    return f'<{self.v}>'"])
        one = self._e(INT, 1, a=INT, b=INT)
        ways = {
            "add": f"""
                def __add__(self, other):
                    if isinstance(other, {name}):
                        a, b = self.v, other.v
                        return {name}({one})
                    if isinstance(other, int):
                        return {name}(self.v + other)
                    return NotImplemented
                def __radd__(self, other):
                    print('radd', other)
                    return {name}(other - self.v)
            """,
            "iadd": """
                def __iadd__(self, other):
                    print('iadd', other)
                    self.v += other
                    return self
            """,
            "eq": f"""
                def __eq__(self, other):
                    if not isinstance(other, {name}):
                        return NotImplemented
                    return self.v % {rng.choice((2, 3, 7))} == other.v % {rng.choice((2, 3, 7))}
                def __hash__(self):
                    return hash(self.v % 2)
            """,
            "lt": f"""
                def __lt__(self, other):
                    return self.v % {rng.choice((5, 10, 1000))} < other.v
            """,
            "bool": f"""
                def __bool__(self):
                    print('bool')
                    return self.v > {self._small()}
            """,
            "items": f"""
                def __len__(self):
                    return abs(self.v) % 5
                def __getitem__(self, i):
                    if i >= len(self):
                        raise IndexError(i)
                    return i * {self._small()}
                def __contains__(self, x):
                    print('in', x)
                    return x == {self._small()}
            """,
            "call": f"""
                def __call__(self, x, *more, k={self._small()}):
                    return self.v * x + len(more) - k
            """,
            "neg": f"""
                def __neg__(self):
                    return {name}(-self.v)
                def __mul__(self, k):
                    return {name}(self.v * k)
                __rmul__ = __mul__
            """,
        }
        chosen = rng.sample(list(ways), rng.randint(2, 5))
        for way in chosen:
            out += indented(lines_of(ways[way]))
        x, y = f"{name}({self._int()})", f"{name}({self._int()})"
        self._use(f"o1, o2 = {x}, {y}", "o3 = o1")
        lines = {
            "add": ["print(o1 + o2, o1 + 3, 4 + o2, sum([o1, o2]))"],
            "iadd": [f"o1 += {self._int()}", "print(o1, o3, o1 is o3)"],
            "eq": [
                "print(o1 == o2, o1 != o2, o1 == 5, o2 in [o1], [o1, o2].index(o2))",
                f"print(len({{o1, o2, {x}}}), {{o1: 1}}.get({x}))",
            ],
            "lt": ["print(sorted([o1, o2, o3]), o1 < o2, o1 > o2, max(o1, o2))"],
            "bool": ["print(not o1, o1 and 1, o2 or 2, [o for o in (o1, o2) if o])"],
            "items": ["print(list(o1), len(o2), 3 in o1, [*o2], bool(o1))"],
            "call": [f"print(o1({self._int()}), o2(1, 2, 3, k=4), list(map(o1, [1, 2])))"],
            "neg": ["print(-o1, o1 * 2, 3 * o2, -(-o2))"],
        }
        for way in chosen:
            self._use(*lines[way])
        return out

    def _family(self, name: str) -> Lines:
        rng = self.rng
        total = self._e(INT, 2, a=INT, b=INT, x=INT)
        below = rng.choice(
            ("super().total(x) + len(self.rest)", "super().total(-x) * 2", "self.a - x + self.rate")
        )
        own = f"    rate = {self._small()}" if rng.random() < 0.6 else "    extra = 1"
        early = rng.random() < 0.3
        self._use(
            f"b = {name}({self._int()})",
            f"c = {name}Sub({self._int()}, 1, 2, b={self._int()})",
            f"b.a = {self._int()}",
            "c.a += 5",
            "for o in (b, c):",
            f"    print(o.describe(), o.a, o.log, o.total({self._small()}), o.twice(3))",
            f"print(isinstance(c, {name}), {name}.made, {name}Sub.made, {name}Sub.build(7).a)",
            f"{name}.rate = {self._small()}",
            "print(b.rate, c.rate, type(c).__name__)",
            f"c.rate = 100\nprint(c.rate, {name}Sub.rate, b.describe())",
        )
        return lines_of(
            f"""
            class {name}:
                rate = {self._small()}
                made = 0
                def __init__(self, a, b={self._int()}):
                    {"self.hook()" if early else "pass"}
                    self._a = a
                    self.b = b
                    self.log = []
                    {name}.made += 1
                @property
                def a(self):
                    return self._a
                @a.setter
                def a(self, v):
                    self.log.append((self._a, v))
                    self._a = v
                def hook(self):
                    print('hook', self.rate)
                def total(self, x=1):
                    a, b = self.a % 1000, self.b % 1000
                    return {total}
                def describe(self):
                    return f"{{type(self).__name__}} {{self.total()}} {{self.rate}}"
                @staticmethod
                def twice(x):
                    return x * 2
                @classmethod
                def build(cls, n):
                    return cls(n)
            class {name}Sub({name}):
            {own}
                def __init__(self, a, *rest, **more):
                    super().__init__(a, **more)
                    self.rest = rest
                def total(self, x=2):
                    return {below}
                def hook(self):
                    super().hook()
                    print('sub hook')
            """
        )

    def _data(self, name: str) -> Lines:
        rng = self.rng
        options = rng.choice(("", "(order=True)", "(frozen=True)", "(frozen=True, order=True)"))
        self._use(
            f"d1, d2 = {name}({self._int()}), {name}({self._small()}, {self._e(STR)}, [1])",
            f"print(d1, d2, d1 == {name}(d1.n), d1 != d2, d1.total)",
            "d2.items.append(5)",
            f"print(d2, {name}(1).items, d2.scaled({self._small()}))",
        )
        if "order" in options:
            self._use(f"print(d1 < d2, sorted([d2, d1, {name}({self._small()})]))")
        if "frozen" in options:
            self._use("try:", "    d1.n = 5", "except Exception as e:", "    print(e)")
        else:
            self._use(f"d1.n += {self._int()}", "print(d1, d1.total)")
        return lines_of(
            f"""
            @dataclass{options}
            class {name}:
                n: int
                name: str = {literals.str_literal(rng)}
                items: list = field(default_factory=list, compare=False)
                @property
                def total(self):
                    return self.n + len(self.items)
                def scaled(self, k):
                    return {name}(self.n * k, self.name + '!', [i * k for i in self.items])
            """
        )

    def _errors(self, name: str) -> Lines:
        rng = self.rng
        link = rng.choice((" from e", "", " from None"))
        self._use(
            f"for i in range({self._small(2, 5)}):",
            "    try:",
            f"        print({name}(i))",
            f"    except {name}Error as e:",
            "        print(e, repr(e), e.args, e.code, repr(e.__cause__), repr(e.__context__))",
            "    except (ValueError, LookupError) as e:",
            "        print(type(e).__name__, e, e.args)",
            "    finally:",
            "        print('done', i)",
        )
        return lines_of(
            f"""
            class {name}Error(Exception):
                def __init__(self, code, text={literals.str_literal(rng)}):
                    super().__init__(text)
                    self.code = code
                def __str__(self):
                    return f"[{{self.code}}] {{super().__str__()}}"
            def {name}(i):
                try:
                    if i == 0:
                        return [][i]
                    if i == 1:
                        return {{}}[{literals.str_literal(rng)}]
                    if i == 2:
                        int({literals.str_literal(rng)} + 'x')
                except IndexError as e:
                    raise {name}Error(i){link}
                except KeyError as e:
                    raise {name}Error(i, str(e)){link}
                if i == 3:
                    raise LookupError(i, 'x')
                return {self._e(INT, 1, i=INT)}
            """
        )

    def _managed(self, name: str) -> Lines:
        rng = self.rng
        self._use(
            f"print({name}Run({self._small(0, 3)}), {name}Run({self._small(0, 3)}))",
            "try:",
            f"    with {name}('o'), {name}('i', {rng.choice(('True', 'False'))}) as c:",
            f"        print(c.n, {self._e(INT, 1)} // {rng.choice(('0', '1', '2'))})",
            "except ZeroDivisionError as e:",
            "    print('out', e)",
        )
        return lines_of(
            f"""
            class {name}:
                def __init__(self, n, swallow=False):
                    self.n, self.swallow = n, swallow
                def __enter__(self):
                    print('enter', self.n)
                    return self
                def __exit__(self, kind, error, trace):
                    print('exit', self.n, kind.__name__ if kind else None, error)
                    return self.swallow
            def {name}Run(k):
                for i in range(4):
                    with {name}(i, True):
                        if i == k:
                            {rng.choice(("return i", "break", "continue", "raise ValueError(k)"))}
                        print('body', i)
                return 'end'
            """
        )
