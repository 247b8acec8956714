"""Idioms of class shapes: enums, abstract bases, mixins, iterators, named tuples, wrappers."""

from __future__ import annotations

from tests.property import literals
from tests.property.kinds import BOOL, INT, STR
from tests.property.sketches import NUMBERS, TEXTS, Sketches, lines_of
from tests.property.statements import Lines


class ShapeIdioms(Sketches):
    """Writes idioms of class shapes."""

    def _enums(self, name: str) -> Lines:
        rng = self.rng
        base = rng.choice(("enum.Enum", "enum.IntEnum", "enum.Enum", "enum.Flag"))
        values = ["1", "2", "4"]
        if base == "enum.Enum":
            values = rng.sample(["1", "'b'", "(1, 2)", "2.5", "7", "1"], 3)
        elif base == "enum.IntEnum":
            values = [str(self._small(0, 4)), str(self._small(5, 9)), str(self._small(0, 9))]
        self._use(
            f"print(list({name}), [m.name for m in {name}], {name}.A.value, {name}['B'])",
            f"print({name}.A, repr({name}.B), f'{{{name}.C}}', {name}.A == {name}.C)",
            f"print({name}({values[1]}), {name}.A is {name}['A'], {name}.B.shown({self._small()}))",
            f"d = {{{name}.A: 1, {name}.B: [2]}}",
            f"print(d[{name}.B], {name}.C in d, len({name}), isinstance({name}.A, int))",
            "try:",
            f"    print({name}({rng.choice(('99', repr('zz')))}))",
            "except ValueError as e:",
            "    print(e)",
        )
        if base == "enum.IntEnum":
            self._use(
                f"print({name}.A + {self._small()}, {name}.A < {name}.B, sorted({name}))",
                f"print(sum({name}), max({name}), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10][{name}.A])",
            )
        if base == "enum.Flag":
            self._use(
                f"f = {name}.A | {name}.C",
                f"print(f, {name}.B in f, f & {name}.A, ~f, bool(f & {name}.B), list(f))",
            )
        return lines_of(
            f"""
            class {name}({base}):
                A = {values[0]}
                B = {values[1]}
                C = {values[2]}
                def shown(self, k):
                    match self:
                        case {name}.A:
                            return f'first {{k}}'
                        case {name}.B if k > {self._small()}:
                            return self.name * 2
                    return (self.name, self.value, {self._e(INT, 1, k=INT)})
            """
        )

    def _abstract(self, name: str) -> Lines:
        rng = self.rng
        self._use(
            f"shapes = [{name}Square({self._small(1, 9)}), {name}Pair(2, {self._small(1, 9)})]",
            f"shapes.append({name}Loud({self._small(1, 9)}))",
            "for s in shapes:",
            "    print(s, s.area(), s.describe(), s.kind, s > shapes[0])",
            "print(max(shapes, key=lambda s: s.area()), sorted(s.area() for s in shapes))",
            f"print([isinstance(s, {name}Square) for s in shapes], [c.__name__ for c in "
            f"{name}Loud.__mro__][:3])",
            "try:",
            f"    {name}()",
            "except TypeError as e:",
            "    print('abstract')",
            f"print({name}.count, {name}Loud.count)",
        )
        area = self._e(INT, 1, a=INT)
        return lines_of(
            f"""
            class {name}(abc.ABC):
                kind = 'base'
                count = 0
                def __init__(self):
                    {rng.choice((name, "type(self)"))}.count += 1
                @abc.abstractmethod
                def area(self):
                    ...
                def describe(self):
                    return f'{{self.kind}}:{{self.area() % 100:>4}}'
                def __gt__(self, other):
                    return self.area() > other.area()
                def __str__(self):
                    return f'{{type(self).__name__[-4:]}}({{self.area()}})'
            class {name}Mix:
                kind = 'mixed'
                def describe(self):
                    return 'mix ' + super().describe()
            class {name}Square({name}):
                def __init__(self, a):
                    super().__init__()
                    self.a = a
                def area(self):
                    a = self.a
                    return ({area}) % 10007
            class {name}Pair({name}Mix, {name}Square):
                def __init__(self, a, b):
                    super().__init__(a)
                    self.b = b
                def area(self):
                    return super().area() + self.b
            class {name}Loud({name}Mix, {name}Square):
                kind = 'loud'
                def describe(self):
                    return super().describe().upper() + '!'
            """
        )

    def _iterator_class(self, name: str) -> Lines:
        rng = self.rng
        self._use(
            f"it = {name}({self._small(2, 6)})",
            "print(list(it), list(it))",
            f"a = {name}({self._small(3, 7)})",
            "print(next(a), next(a), next(a, None))",
            f"print(sum({name}(4)), max({name}(3)), {self._small()} in {name}(5))",
            f"print(list(zip({name}(3), {name}List({self._e(TEXTS)}))))",
            f"ls = {name}List({self._e(NUMBERS)} + [5])",
            "print(ls[0], ls[-1], len(ls), [x for x in ls], ls[1:], 5 in ls, bool(ls))",
            f"ls[0] = {self._int()}",
            "del ls[-1]",
            "print(ls, list(reversed(ls)), [*ls, *ls])",
            f"first, *rest = {name}(4)",
            "print(first, rest)",
        )
        return lines_of(
            f"""
            class {name}:
                def __init__(self, n):
                    self.i, self.n = 0, n
                def __iter__(self):
                    return self
                def __next__(self):
                    if self.i >= self.n:
                        raise StopIteration
                    self.i += 1
                    return self.i * {rng.choice(("2", "self.i", "self.n", "-1"))}
            class {name}List:
                def __init__(self, items):
                    self._items = list(items)
                def __len__(self):
                    return len(self._items)
                def __getitem__(self, i):
                    return self._items[i]
                def __setitem__(self, i, v):
                    self._items[i] = v
                def __delitem__(self, i):
                    del self._items[i]
                def __iter__(self):
                    {rng.choice(("yield from self._items", "return iter(self._items)"))}
                def __repr__(self):
                    return f'L{{self._items!r}}'
            """
        )

    def _class_patterns(self, name: str) -> Lines:
        rng = self.rng
        leaves = [
            f"{name}Num({self._int()})",
            f"{name}Num(0)",
            f"{name}Add({name}Num(1), {name}Num({self._small()}))",
            f"{name}Mul({name}Num(0), {name}Add({name}Num(2), {name}Num(3)))",
            f"{name}Mul({name}Num(1), {name}Num({self._small()}))",
            f"{name}Add({name}Num({self._small()}), {name}Mul({name}Num(2), {name}Num(5)))",
        ]
        self._use(
            f"for e in ({', '.join(rng.sample(leaves, 4))}):",
            f"    print({name}Value(e), {name}Simple(e), e)",
            f"print({name}Num(2) == {name}Num(2), {name}Simple({leaves[3]}))",
        )
        return lines_of(
            f"""
            @dataclass(frozen=True)
            class {name}Num:
                n: int
            @dataclass(frozen=True)
            class {name}Add:
                left: object
                right: object
            @dataclass(frozen=True)
            class {name}Mul:
                left: object
                right: object
            def {name}Value(e):
                match e:
                    case {name}Num(n):
                        return n
                    case {name}Add(left=a, right=b):
                        return {name}Value(a) + {name}Value(b)
                    case {name}Mul({name}Num(0), _) | {name}Mul(_, {name}Num(0)):
                        return 0
                    case {name}Mul(a, b):
                        return {name}Value(a) * {name}Value(b)
                    case _:
                        raise TypeError(e)
            def {name}Simple(e):
                match e:
                    case {name}Add({name}Num(x), {name}Num(y)) if x < {self._small()}:
                        return {name}Num(x + y)
                    case {name}Add(a, b):
                        return {name}Add({name}Simple(b), {name}Simple(a))
                    case {name}Mul({name}Num(1), b):
                        return {name}Simple(b)
                    case {name}Num(n=({self._small(-3, 0)} | {self._small(1, 9)}) as k):
                        return {name}Num(-k)
                return e
            """
        )

    def _tuples_with_names(self, name: str) -> Lines:
        rng = self.rng
        self._use(
            f"p = {name}({self._int()}, {self._e(STR)})",
            "print(p, p.x, p[1], len(p), p == (p.x, p.name, 0), list(p))",
            f"q = p._replace(x={self._small()}, z=1)",
            "print(q, q > p, sorted([q, p, q]), q._asdict(), {p: 1}.get(p))",
            "a, b, c = q",
            f"print(a, b, c, q.moved({self._small()}), {name}._fields, q[::2], *q[:1])",
            f"print([r.x for r in map({name}._make, [(1, 'a', 2), (3, 'b', 4)])])",
            "match q:",
            f"    case {name}(x=0 | 1, name=n):",
            "        print('low', n)",
            f"    case {name}(x, name, z):",
            "        print(x, name, z)",
        )
        if rng.random() < 0.5:
            return lines_of(
                f"""
                class {name}(typing.NamedTuple):
                    x: int
                    name: str
                    z: int = 0
                    def moved(self, k):
                        return {name}(self.x + k, self.name, self.z - {self._small()})
                """
            )
        return lines_of(
            f"""
            class {name}(collections.namedtuple('{name}', 'x name z', defaults=(0,))):
                def moved(self, k):
                    return self._replace(x=self.x * k)
            """
        )

    def _wrappers(self, name: str) -> Lines:
        rng = self.rng
        self._use(
            f"print({name}Add(1, 2), {name}Add(a={self._small()}, b=4), {name}Add.__name__)",
            f"print({name}Fib({self._small(5, 40)}), {name}Say({literals.str_literal(rng)}))",
            "try:",
            f"    print({name}Fail({self._small(0, 3)}))",
            "except ValueError as e:",
            "    print('failed', e)",
            f"print({name}Log)",
        )
        return lines_of(
            f"""
            {name}Log = []
            def {name}Traced(f):
                @functools.wraps(f)
                def inner(*args, **kwargs):
                    {name}Log.append((f.__name__, args, sorted(kwargs.items())))
                    return f(*args, **kwargs)
                return inner
            def {name}Times(n, *, sep='-'):
                def wrap(f):
                    def inner(x):
                        return sep.join([str(f(x)) for _ in range(n)])
                    return inner
                return wrap
            def {name}Retry(f):
                def inner(n):
                    for attempt in range({self._small(1, 4)}):
                        try:
                            return f(n - attempt), attempt
                        except ValueError as e:
                            {name}Log.append(str(e))
                            last = e
                    raise last
                return inner
            @{name}Traced
            def {name}Add(a, b={self._small()}):
                return {self._e(INT, 1, a=INT, b=INT)}
            @functools.{rng.choice(("cache", "lru_cache(maxsize=None)", "lru_cache"))}
            def {name}Fib(n):
                return n if n < 2 else {name}Fib(n - 1) + {name}Fib(n - 2)
            @{name}Times({self._small(0, 3)}, sep='+')
            def {name}Say(x):
                return x * 2
            @{name}Retry
            def {name}Fail(n):
                if {self._e(BOOL, 1, n=INT)}:
                    raise ValueError(f'no {{n}}')
                return n * 2
            """
        )

    def _container_class(self, name: str) -> Lines:
        rng = self.rng
        self._use(
            f"t = {name}({self._small()}, {self._e(TEXTS)})",
            "print(t, t.size, t.size, t.loads)",
            f"t['k'] = {self._int()}",
            f"print(t['k'], 'k' in t, 'q' in t, t.get('q'), t.full({self._small()}))",
            "for key, value in t:",
            "    print(key, value)",
            "try:",
            "    t['none']",
            "except KeyError as e:",
            "    print(repr(e))",
            f"u = {name}.empty()",
            f"print(u, u == {name}(0, []), u != t, hash(u) == hash({name}.empty()), bool(u))",
            f"print(t(2), t // 2, abs(t), float(t), int(t), round({self._small()}.5), -t == t)",
        )
        return lines_of(
            f"""
            class {name}:
                def __init__(self, n, words):
                    self.n = n
                    self.words = words
                    self.table = {{}}
                    self.loads = 0
                @functools.cached_property
                def size(self):
                    self.loads += 1
                    return len(self.words) + self.n
                @classmethod
                def empty(cls):
                    return cls(0, [])
                @property
                def is_full(self):
                    return len(self.table) > {self._small()}
                def full(self, k):
                    self.table[str(k)] = k
                    return self.is_full
                def get(self, key, default={rng.choice(("None", "0", "'-'"))}):
                    return self.table.get(key, default)
                def __getitem__(self, key):
                    return self.table[key]
                def __setitem__(self, key, value):
                    self.table[key] = value
                def __contains__(self, key):
                    return key in self.table
                def __iter__(self):
                    return iter(sorted(self.table.items()))
                def __len__(self):
                    return len(self.table)
                def __eq__(self, other):
                    if not isinstance(other, {name}):
                        return NotImplemented
                    return (self.n, self.words) == (other.n, other.words)
                def __hash__(self):
                    return hash((self.n, tuple(self.words)))
                def __call__(self, k):
                    return [w * k for w in self.words]
                def __floordiv__(self, k):
                    return {name}(self.n // k, self.words[::k])
                def __abs__(self):
                    return abs(self.n)
                def __float__(self):
                    return self.n / 2
                def __int__(self):
                    return self.n * 3
                def __neg__(self):
                    return {name}(-self.n, self.words)
                def __repr__(self):
                    return f'{name}({{self.n}}, {{self.words!r}})'
            """
        )
