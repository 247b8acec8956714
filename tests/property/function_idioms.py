"""Idioms of functions: generators, closures, defaults, stars, ways out of a loop."""

from __future__ import annotations

from tests.property.kinds import BOOL, INT, STR
from tests.property.sketches import NUMBERS, TEXTS, Sketches, lines_of
from tests.property.statements import Lines, indented


class FunctionIdioms(Sketches):
    """Writes idioms of functions."""

    def _sent_generator(self, name: str) -> Lines:
        rng = self.rng
        step = self._e(INT, 1, total=INT, got=INT)
        self._use(
            f"g = {name}({self._small()})",
            "print(next(g))",
            "try:",
            f"    for i in range({self._small(1, 6)}):",
            f"        print(g.send({rng.choice(('i', 'i * 3', 'None', str(self._int())))}))",
            "except StopIteration as e:",
            "    print('stop', e.value)",
            rng.choice(("g.close()", "print(next(g, 'over'))", "print(list(g))")),
            f"print([x for x in {name}All({self._small(0, 4)})])",
        )
        return lines_of(
            f"""
            def {name}(start):
                total = start
                try:
                    while abs(total) < 10**{rng.choice((1, 2, 20))}:
                        got = yield total
                        if got is None:
                            got = {self._small()}
                        total = ({step}) % 1000003 + {self._small(1, 50)}
                finally:
                    print('closed', total)
                return -total
            def {name}All(n):
                for i in range(n):
                    r = yield from {name}Part(i)
                    print('part', r)
                yield from 'ab'
            def {name}Part(i):
                yield i
                return i * {self._small()}
            """
        )

    def _lazy(self, name: str) -> Lines:
        self._use(
            f"it = {name}({self._small(0, 4)})",
            "print(next(it, None))",
            "for v in it:",
            f"    if v > {self._small()}:",
            "        break",
            "print('left', list(it))",
            f"e = enumerate({self._e(TEXTS)}, {self._small()})",
            "print(next(e, 'none'), list(e))",
            f"z = zip({self._e(NUMBERS)}, {self._e(STR)}, strict=False)",
            "print(next(z, None), [*z])",
            f"m = map(lambda x, y: x * 2 - y, {self._e(NUMBERS)}, range(4))",
            "print(list(m), list(m))",
            f"f = filter(lambda x: {self._e(BOOL, 1, x=INT)}, {self._e(NUMBERS)})",
            "print(sum(f), any(f))",
            f"r = reversed({self._e(NUMBERS)})",
            "print(next(r, 0), list(r))",
            "w = (a for a in 'abcde')",
            "p, *q = w",
            "print(p, q, list(w))",
        )
        return lines_of(
            f"""
            def {name}(n):
                for i in range(n * 2):
                    print('at', i)
                    try:
                        yield i
                    finally:
                        print('fin', i)
            """
        )

    def _shared_closures(self, name: str) -> Lines:
        rng = self.rng
        step = self._e(INT, 1, n=INT, x=INT)
        self._use(
            f"up, get, fs = {name}({self._int()})",
            f"print(get(), up(2), up({self._int()}), get())",
            f"print([f({self._small()}) for f in fs], get())",
            f"up2, get2, _ = {name}({self._small()})",
            "up2(1)",
            "print(get(), get2())",
        )
        default = rng.choice(("k=k", "k=k * 2", "j=k"))
        body = "x + k" if "k=" in default else "x + j + k"
        return lines_of(
            f"""
            def {name}(start):
                n = start
                seen = []
                def up(x):
                    nonlocal n
                    seen.append(x)
                    n = ({step}) % 1000003
                    return n
                fs = []
                for k in range({self._small(1, 4)}):
                    fs.append(lambda x, {default}: {body} + n)
                k = {self._small()}
                return up, lambda: (n, seen), fs
            """
        )

    def _defaults(self, name: str) -> Lines:
        self._use(
            f"print({name}(1), {name}(2), {name}(3, [9]), {name}(4, k={{}}))",
            f"print({name}(5))",
            f"print({name}Memo({self._small(3, 30)}), len({name}Memo.__name__))",
        )
        return lines_of(
            f"""
            def {name}(x, xs=[], *, k={{'n': 0}}):
                xs.append(x)
                k['n'] = k.get('n', 0) + {self._small(1, 3)}
                return list(xs), dict(k)
            def {name}Memo(n, known={{0: 0, 1: 1}}):
                if n not in known:
                    known[n] = {name}Memo(n - 1) + {name}Memo(n - 2)
                return known[n]
            """
        )

    def _stars(self, name: str) -> Lines:
        rng = self.rng
        xs = self._e(NUMBERS)
        calls = (
            f"{name}({self._int()}, k=1)",
            f"{name}(*[1, 2, 3][:{self._small(1, 3)}], k=2)",
            f"{name}(0, *{xs}, k=3, z={self._small()})",
            f"{name}(0, **{{'k': 4, 'y': 5}})",
            f"{name}(b=1, a=2, k=5)",
            f"{name}(1, 2, *'ab', k=6, **{{'q': 1}})",
        )
        for call in rng.sample(calls, 3):
            self._use(f"print({call})")
        self._use(
            f"print([*{xs}, *range(2)], {{**{{'a': 1}}, 'b': 2, **{{'a': 3}}}}, (*'xy', *{xs}))",
            f"first, *mid, last = [{self._int()}, *{xs}, {self._int()}]",
            "print(first, mid, last)",
            "(p, (q, *r)), s = [(1, 'abc'), 2]",
            "print(p, q, r, s)",
        )
        return lines_of(
            f"""
            def {name}(a, b={self._small()}, *rest, k, **more):
                rest += (k,)
                more['new'] = len(rest)
                return a, b, rest, sorted(more.items())
            """
        )

    def _ways_out(self, name: str) -> Lines:
        rng = self.rng
        actions = (
            "continue",
            "break",
            "return out",
            "1 // 0",
            "out.append('plain')",
            "raise KeyError(i)",
        )
        tests = []
        for action in rng.sample(actions, 3):
            tests += [f"            if i == {self._small(0, 5)}:", f"                {action}"]
        late = ["pass"]
        if rng.random() < 0.5:
            late = [f"if i == {self._small(0, 4)}:", f"    {rng.choice(('break', 'continue'))}"]
        self._use(f"print({name}({self._small(0, 7)}))", f"print({name}({self._small(3, 9)}))")
        inner = [
            "try:",
            *[test.removeprefix("        ") for test in tests],
            "    out.append(i)",
            "except ZeroDivisionError as e:",
            "    out.append(str(e))",
            "else:",
            "    out.append('else')",
            "finally:",
            "    out.append(('f', i))",
            *indented(late),
        ]
        loop = ["for i in range(n):", *indented(inner), "else:", "    out.append('end')"]
        if rng.random() < 0.7:
            loop = ["try:", *indented(loop), "except KeyError as e:", "    out.append(repr(e))"]
            loop += ["finally:", "    out.append('last')"]
        return [f"def {name}(n):", *indented(["out = []", *loop, "return out"])]
