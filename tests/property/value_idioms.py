"""Idioms of values: patterns, sorting, views, texts, slices, mixed items, edge numbers."""

from __future__ import annotations

from tests.property import literals
from tests.property.kinds import FLOAT, STR
from tests.property.sketches import NUMBERS, TEXTS, Sketches, lines_of
from tests.property.statements import Lines


class ValueIdioms(Sketches):
    """Writes idioms of values."""

    def _patterns(self, name: str) -> Lines:
        rng = self.rng
        cases = [
            "case 0 | 1 | -1:\n            return 'small'",
            f"case int(n) if n > {self._small()}:\n            return 'big', n",
            "case bool() | None:\n            return 'flag'",
            "case float(x):\n            return x * 2",
            "case []:\n            return 'empty'",
            "case [x]:\n            return 'one', x",
            "case [1, *rest]:\n            return 'rest', rest",
            "case (a, b):\n            return 'two', b, a",
            "case {'k': v, **more}:\n            return v, sorted(more)",
            "case {}:\n            return 'map'",
            "case str() as s if len(s) > 2:\n            return s.upper()",
            "case 'a' | 'b':\n            return 'letter'",
        ]
        chosen = rng.sample(cases, rng.randint(4, 9))
        values = (
            f"{self._small()}, True, None, 2.5, [], [7], [1, 2, 3], (4, 'x'), 'abc', 'a', "
            f"{{'k': 1, 'z': 2}}, {{}}, {self._int()}, [[1], 2], (), 'b', -1"
        )
        self._use(f"for v in ({values}):", f"    print({name}(v))")
        out = [f"def {name}(v):", "    match v:"]
        for case in chosen:
            head, body = case.split("\n")
            out += [f"        {head}", body]
        return [*out, "    return 'fell'"]

    def _sorting(self, name: str) -> Lines:
        rng = self.rng
        key = rng.choice(
            ("p[0]", "p[1]", "-p[0]", "(p[1], -p[0])", "len(p[1])", "p[0] % 3", "p[1][::-1]")
        )
        pairs = ", ".join(
            f"({self._small()}, {literals.str_literal(rng)})" for _ in range(rng.randint(0, 7))
        )
        self._use(
            f"ps = [{pairs}]",
            f"print({name}(ps))",
            f"ps.sort(key=lambda p: {key}, reverse={rng.choice(('True', 'False'))})",
            "print(ps, sorted(ps)[:2])",
            f"print(sorted({self._e(NUMBERS)}, key=abs), sorted({self._e(TEXTS)}, key=str.lower))",
            f"print(max({self._e(NUMBERS)} + [0], key=lambda x: (x % 5, x)))",
            "print(min(ps, default='none'))",
        )
        return lines_of(
            f"""
            def {name}(ps):
                groups = {{}}
                for p in sorted(ps, key=lambda p: {key}):
                    groups.setdefault({key}, []).append(p)
                return list(groups.items())
            """
        )

    def _views(self, name: str) -> Lines:
        rng = self.rng
        keys = ", ".join(f"{literals.str_literal(rng)}: {self._small()}" for _ in range(5))
        other = ", ".join(f"{literals.str_literal(rng)}: {self._small()}" for _ in range(3))
        self._use(
            f"d, e = {{{keys}}}, {{{other}}}",
            "ks, vs, its = d.keys(), d.values(), d.items()",
            f"print({name}(d), sorted(ks & e.keys()), sorted(ks - e.keys()))",
            "print(sorted(ks ^ e.keys()))",
            f"d[{literals.str_literal(rng)}] = {self._int()}",
            "print(list(ks), list(vs), len(its), list(reversed(d)))",
            "d |= e",
            "print(d, d | {'q': 1}, d == dict(sorted(d.items())), max(d, key=lambda k: (d[k], k)))",
            "for k in list(d):",
            f"    if d[k] % 2 == {rng.choice((0, 1))}:",
            "        del d[k]",
            "print(d, d.pop('zz', None), d.setdefault('new', []), dict.fromkeys('aba', 0))",
            f"s = set({self._e(NUMBERS)})",
            f"t = {{{self._small()}, {self._small()}, {self._small()}}}",
            "print(sorted(s | t), sorted(s & t), sorted(s - t), sorted(s ^ t))",
            "print(s <= t, s.isdisjoint(t))",
            f"s.update(t, [{self._small()}])\ns.discard({self._small()})",
            "print(sorted(s), len(s), sum(s), frozenset(t) == t)",
        )
        return lines_of(
            f"""
            def {name}(d):
                out = {{}}
                for k, v in d.items():
                    out[v] = out.get(v, '') + k
                return {{k: v for k, v in sorted(out.items()) if k != {self._small()}}}
            """
        )

    def _texts(self, name: str) -> Lines:
        rng = self.rng
        s, t = self._e(STR, 2), literals.str_literal(rng)
        n, m = self._small(-4, 12), self._small(-4, 12)
        tests = (
            f"s.split({t} or ',', {self._small(-1, 3)})",
            f"s.rsplit(None, {self._small(-1, 2)})",
            "s.splitlines(True)",
            f"s.partition({t} or '-')",
            f"s.rpartition({t} or ' ')",
            f"s.find({t}, {n}, {m})",
            f"s.rfind({t}, {n})",
            f"s.count({t}, {n}, {m})",
            f"s.startswith(({t}, 'a'), {n})",
            f"s.endswith({t}, 0, {m})",
            f"s.replace({t}, '<>', {n})",
            f"s.strip({t})",
            "s.lstrip('aH ')",
            f"s.expandtabs({abs(n)})",
            f"s.center({n}, '*')",
            f"s.zfill({n})",
            f"s[{n}:{m}]",
            f"s[{n}:{m}:-1]",
            f"s * {self._small(-1, 3)}",
            "s.casefold()",
            "s.encode()",
            "s.isidentifier(), s.istitle(), s.isprintable()",
            f"s > {t}, s == {t}, {t} in s",
            f"s.removesuffix({t})",
            "ascii(s), repr(s), len(s)",
            "'-'.join(s)",
            "sorted(s), s[::-1]",
            "s.translate({97: 'AA', 108: None})",
            "s.title(), s.swapcase(), s.capitalize()",
            f"f'{{s:>{abs(n)}}}|{{s:^{abs(m)}}}|{{s!r:.5}}'",
            "'%s|%10s|%-8.3s|%r' % (s, s, s, s)",
        )
        self._use(f"s = {s}")
        self._use(*(f"print({test})" for test in rng.sample(tests, 9)))
        self._use(f"print({name}(s))")
        return lines_of(
            f"""
            def {name}(text):
                counts = {{}}
                for ch in text.lower():
                    counts[ch] = counts.get(ch, 0) + 1
                return sorted(counts.items(), key=lambda p: (-p[1], p[0]))[:{self._small(0, 5)}]
            """
        )

    def _slices(self, name: str) -> Lines:
        rng = self.rng
        self._use(f"xs = {self._e(NUMBERS, 2)}[:9]", "ys = xs", f"print({name}(xs))")
        steps = (
            f"xs[{literals.slice_text(rng)}]",
            f"xs[{self._small()}:{self._small()}] = [0, 0, 0]",
            "xs[::2] = xs[::2][::-1]",
            f"del xs[{self._small()}:{self._small()}]",
            f"del xs[::{rng.choice((2, 3, -2))}]",
            f"xs.insert({self._small(-12, 12)}, {self._int()})",
            "xs.extend(xs)",
            "xs += xs[:1]",
            f"xs[len(xs):] = {self._e(NUMBERS)}",
            "xs *= 2",
            "xs[:0] = [7]",
            "xs.reverse()",
            "xs = xs[:5] + [1]",
            "xs.sort(reverse=True)",
        )
        for step in rng.sample(steps, 5):
            self._use(f"print({step})" if "=" not in step and step.startswith("xs[") else step)
            self._use("print(xs, ys, xs is ys)", "xs = xs[:20]" if rng.random() < 0.3 else "pass")
        return lines_of(
            f"""
            def {name}(xs):
                return xs[{literals.slice_text(rng)}], xs[{literals.slice_text(rng)}], xs[-1:]
            """
        )

    def _mixed(self, name: str) -> Lines:
        rng = self.rng
        atoms = [
            "1",
            "2.5",
            "'x'",
            "None",
            "True",
            "[1, 'a']",
            "{'k': [2]}",
            "(1, 2.0)",
            str(self._int()),
            "-0.0",
            "''",
        ]
        items = ", ".join(rng.sample(atoms, 8))
        self._use(
            f"vs = [{items}]",
            f"print([{name}(v) for v in vs])",
            "print(vs, vs[0] == vs[1], [v for v in vs if v], [bool(v) for v in vs])",
            "print([type(v).__name__ for v in vs], [v == 1 for v in vs], 1 in vs, None in vs)",
            "n = {'list': vs[:2], 'n': 1, 's': 'q'}",
            "n['n'] += 1",
            "n['list'].append(n['s'])",
            "n['new'] = {'deep': n['list']}",
            "n['new']['deep'].append(2.5)",
            "print(n, {str(k): v for k, v in n.items() if k != 'list'})",
        )
        return lines_of(
            f"""
            def {name}(v):
                if isinstance(v, bool):
                    return not v
                if isinstance(v, (int, float)):
                    return v * {self._small()} + {rng.choice(("1", "0.5", "v"))}
                if isinstance(v, str):
                    return v + {literals.str_literal(rng)}
                if isinstance(v, list):
                    return [{name}(x) for x in v]
                if isinstance(v, dict):
                    return {{k: {name}(x) for k, x in v.items()}}
                if isinstance(v, tuple):
                    return tuple({name}(x) for x in v)
                return 'none' if v is None else repr(v)
            """
        )

    def _numbers(self, name: str) -> Lines:
        rng = self.rng
        ops = ("+", "-", "*", "//", "%", "/", "<", "==")
        lines = [f"        r.append(a {op} b)" for op in rng.sample(ops, 5)]
        a = [self._int() for _ in range(4)]
        f = [self._e(FLOAT, 0) for _ in range(3)]
        ints, both = ", ".join(a), ", ".join([*a, *f])
        divisor = literals.nonzero_float(rng)
        self._use(
            f"for a in ({both}):",
            f"    for b in ({self._int()}, {divisor}, {literals.nonzero_literal(rng)}):",
            f"        print(a, b, {name}(a, b))",
            f"print([x >> {self._small(0, 70)} for x in ({ints})])",
            f"print([x << {self._small(0, 70)} for x in ({ints})])",
            f"print([x & {self._int()} for x in ({ints})])",
            f"print([x | {self._int()} ^ x for x in ({ints})])",
            f"print([abs(x) for x in ({ints})], [~x for x in ({ints})])",
            f"print([x ** 3 for x in ({ints})])",
            f"print([round(x, {self._small(-3, 4)}) for x in ({both})])",
            f"print([int(x) for x in ({', '.join(f)})])",
            f"print([f'{{x:{rng.choice(literals.INT_SPECS)}}}' for x in ({ints})])",
            f"print([f'{{x:{rng.choice(literals.FLOAT_SPECS)}}}' for x in ({both})])",
        )
        return [
            f"def {name}(a, b):",
            "    r = []",
            "    try:",
            *lines,
            "    except (ZeroDivisionError, OverflowError) as e:",
            "        r.append(str(e))",
            "    return r",
        ]

    def _aliases(self, name: str) -> Lines:
        rng = self.rng
        self._use(
            f"rows = {name}({self._small(1, 3)})",
            "first = rows[0]",
            f"first[0] += {self._int()}",
            "rows.append(first)",
            "for row in rows:",
            f"    row.append({rng.choice(('len(row)', 'row[0]', 'sum(row) % 1000'))})",
            "    row = []",
            "print(rows, first, rows[-1] is first)",
            "t = (first, rows[-1], {'r': first})",
            "t[2]['r'][0] = 'changed'[:3]",
            "print(t, rows[0] is t[0])",
            "copy = [r[:] for r in rows]",
            "copy[0][0] = None",
            "print(rows[0][0], copy[0][0], rows == copy)",
            "a = b = []",
            "a += [1]",
            "b = b + [2]",
            "print(a, b)",
        )
        shape = rng.choice(
            (
                "[[0] * 2] * n",
                "[[0] * 2 for _ in range(n)]",
                "[[1, 2] for _ in range(n)]",
            )
        )
        return [f"def {name}(n):", f"    return {shape}"]
