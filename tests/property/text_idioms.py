"""Idioms of texts and numbers: formats of every kind, bytes, big ints, algorithms on them."""

from __future__ import annotations

from tests.property import literals
from tests.property.kinds import BOOL, FLOAT, INT, STR
from tests.property.sketches import NUMBERS, TEXTS, Sketches, lines_of
from tests.property.statements import Lines


class TextIdioms(Sketches):
    """Writes idioms of texts and numbers."""

    def _formats(self, name: str) -> Lines:
        rng = self.rng
        n, x, s = self._int(), self._e(FLOAT, 1), self._e(STR, 1)
        w, p = self._small(0, 12), self._small(0, 5)
        forms = (
            "'{} {} {}'.format(n, x, s)",
            "'{0!r:>12}|{2:<8}|{0:^10}|{1:+.3e}'.format(n, x, s)",
            f"'{{:{{w}}.{{p}}f}}'.format(x, w={w}, p={p})",
            "'{a[0]}{a[1]} {b.real}'.format(a=[n, s], b=n)",
            "'{:,} {:_} {:>+20,d}'.format(n, n, n)",
            "'%d %s %r %5.2f %e %x' % (n, s, s, x, x, abs(n))",
            f"'%*d|%-*s|%.{p}f' % ({w}, n, {w}, s, x)",
            "'%(a)s-%(b)05d' % {'a': s, 'b': n}",
            "'%s' % [n, s], '%s %%' % (n,)",
            "'%c%c' % ('z', 97), '%o %X %#x' % (abs(n), abs(n), abs(n))",
            f"f'{{n:>{{{w}}}}} {{x:{{{w}}}.{{{p}}}f}} {{s!r:^{w + 3}}}'",
            "f'{n=} {s!r} {x + 1=:.2f} {len(s)=}'",
            "f'{n:#_x} {n:+,} {abs(n):b}'",
            "f'{x:%} {x:g} {x:.3} {x:n}'",
            "f'{None} {True!s:>6} {[n, s]} {(n,)!r:>8}'",
            "format(n, '010'), format(x, '<12.4'), format(s, '*^9.3')",
            "str(x), repr(x), str(n).zfill(8), str(s)[:3]",
            "'{:>{}}'.format(s, 9), '{{}}'.format()",
        )
        self._use(f"n, x, s = {n}, {x}, {s}")
        for form in rng.sample(forms, 8):
            self._use("try:", f"    print({form})")
            self._use("except (ValueError, OverflowError) as e:", "    print(e)")
        self._use(f"print({name}([n, x, s, None, [s], (n, x)]))")
        return lines_of(
            f"""
            def {name}(row, widths=({self._small(1, 9)}, {self._small(1, 9)})):
                cells = [f'{{str(v):{{"<>^"[i % 3]}}{{widths[i % 2]}}}}' for i, v in enumerate(row)]
                return '|'.join(cells) + '|%d' % len(cells)
            """
        )

    def _walrus(self, name: str) -> Lines:
        rng = self.rng
        self._use(
            f"print({name}({self._e(NUMBERS, 2)}), {name}([]))",
            f"print([y for x in {self._e(NUMBERS)} if (y := x * {self._small()}) > 0])",
            f"if (n := len({self._e(STR)})) > {self._small()} and (m := n * 2):",
            "    print('long', n, m)",
            "else:",
            "    print('short', n)",
            f"xs = {self._e(NUMBERS)} + [{self._small()}]",
            f"print(any((last := x) > {self._small()} for x in xs), last)",
            f"i = {self._small(0, 5)}",
            "while (i := i - 1) > 0:",
            "    print('down', i)",
        )
        return lines_of(
            f"""
            def {name}(xs):
                out, it = [], iter(xs)
                while (x := next(it, None)) is not None:
                    if (k := {self._e(INT, 1, x=INT)} % 10) < {self._small()}:
                        {rng.choice(("continue", "break", "out.append(-k)"))}
                    out.append((k, x))
                return out, x
            """
        )

    def _octets(self, name: str) -> Lines:
        rng = self.rng
        a, b = self._small(-4, 6), self._small(-4, 6)
        forms = (
            "b[0] if b else None",
            "list(b)[:5]",
            f"b[{a}:{b}]",
            "b.hex()",
            "b[::-1] + b'x'",
            "b.decode('utf-8', 'replace')",
            "b.upper().split(b'L')",
            "bytes(x for x in b if x % 2)",
            "len(b), b'a' in b, 97 in b",
            "b.replace(b'l', b'LL').find(b'L')",
            "int.from_bytes(b[:4], 'big')",
            f"({self._int()} % 65536).to_bytes(3, 'little')",
            "b == bytes(bytearray(b)), b < b'h'",
            "b.startswith(b'h'), b.strip(b' h'), b.isalpha()",
            "bytes([1, 2, 255]), bytes(3), bytes.fromhex('0aff')",
            "b'-'.join([b, b'q']), b * 2",
        )
        self._use(f"b = {self._e(STR, 1)}.encode()")
        self._use(*(f"print({form})" for form in rng.sample(forms, 7)))
        self._use(f"print({name}(b), {name}(b'ab\\x00\\xff'))")
        return lines_of(
            f"""
            def {name}(data):
                out = bytearray()
                for i, x in enumerate(data):
                    out.append((x * {self._small(1, 9)} + i) & 0xFF)
                out += b'!'
                out[0:1] = b'<<'
                return bytes(out), sum(out) % 251, out[-1]
            """
        )

    def _big(self, name: str) -> Lines:
        rng = self.rng
        a, b = self._int(), literals.nonzero_literal(rng)
        self._use(
            f"a, b = {a} * {self._int()} + 3, {b}",
            "print(a + b, a - b, a * b, a // b, a % b, divmod(-a, b), a ** 3)",
            "print(a & b, a | b, a ^ b, ~a, a >> 3, a << 70, abs(a), -a, a == b)",
            "print(a.bit_length(), hex(a), bin(a % 1000), oct(-a))",
            f"print(pow(a, 5, {rng.choice((7, 10**9 + 7))}))",
            "print(math.gcd(a, b), math.isqrt(abs(a)), int(str(a)) == a, f'{a:,}', a.bit_count())",
            "print(len(str(a)), sum(map(int, str(abs(a)))), a < 2**63, float(a % 2**53), a / b)",
            f"print({name}({self._small(0, 40)}), {name}Collatz({self._small(1, 60)}))",
            f"print({name}Base(abs(a), {self._small(2, 16)}), int('1011', 2), int('zz', 36))",
        )
        return lines_of(
            f"""
            def {name}(n):
                a, b = 1, {self._small()}
                for i in range(1, n):
                    a, b = b * {rng.choice(("i", "2", "-3"))} + a, a
                return a
            def {name}Collatz(n):
                steps = 0
                while n != 1 and steps < 200:
                    n = n // 2 if n % 2 == 0 else 3 * n + 1
                    steps += 1
                return steps
            def {name}Base(n, base):
                digits = '0123456789abcdef'
                out = ''
                while n:
                    n, r = divmod(n, base)
                    out = digits[r] + out
                return out or '0'
            """
        )

    def _chosen(self, name: str) -> Lines:
        """Comprehensions with conditions, nested, and over each other."""
        rng = self.rng
        xs, ws = self._e(NUMBERS, 2), self._e(TEXTS, 2)
        test = self._e(BOOL, 2, x=INT)
        forms = (
            f"[x * 2 for x in xs if {test}]",
            f"[x if {test} else -x for x in xs]",
            "[(i, w) for i, w in enumerate(ws) if w if i % 2 == 0]",
            "[[y for y in range(x % 4)] for x in xs]",
            "[c for w in ws for c in w if c.isalpha()]",
            "{w: len(w) for w in ws if w}",
            "sorted({len(w) for w in ws})",
            "{k: [w for w in ws if len(w) == k] for k in sorted(set(map(len, ws)))}",
            f"sum(x for x in xs if {test})",
            "[row[::-1] for row in [xs[i:i + 2] for i in range(0, len(xs), 2)]]",
            "[list(col) for col in zip(*[[1, 2, 3], [4, 5, 6]])]",
            "[a + b for a, b in zip(xs, xs[1:])]",
            "[x for x in xs for _ in range(2)][:6]",
            "[f(3) for f in [lambda v, k=k: v * k for k in xs[:3]]]",
            "{x % 3: x for x in xs}, {(x, w) for x in xs[:1] for w in ws[:1]}",
            f"all({test} for x in xs), any(not w for w in ws)",
            "[*map(str.upper, filter(None, ws))]",
            "dict(zip(ws, xs)), list(dict.fromkeys(xs))",
            "' '.join(f'{x}:{w}' for x, w in zip(xs, ws))",
            "max(ws, key=len, default=''), min(xs, key=lambda x: (abs(x), x), default=None)",
        )
        self._use(f"xs, ws = {xs}, {ws}")
        self._use(*(f"print({form})" for form in rng.sample(forms, 8)))
        self._use(f"print({name}(xs), {name}Matrix({self._small(1, 4)}))")
        return lines_of(
            f"""
            def {name}(xs):
                seen = set()
                out = [x for x in xs if not (x in seen or seen.add(x))]
                return out, len(seen), sorted(seen - {{{self._small()}}}), 1 in seen
            def {name}Matrix(n):
                m = [[{self._e(INT, 1, i=INT, j=INT)} % 100 for j in range(n)] for i in range(n)]
                t = [[m[j][i] for j in range(n)] for i in range(n)]
                p = [[sum(a * b for a, b in zip(r, c)) for c in zip(*t)] for r in m]
                return m, t, p, sum(m[i][i] for i in range(n))
            """
        )

    def _raising(self, name: str) -> Lines:
        """Errors through functions: handlers in groups, re-raised, chained, in loops."""
        rng = self.rng
        bad = (
            "int('x')",
            "[1][5]",
            "{}['k']",
            "1 // 0",
            "{'a': 1}.pop('b')",
            "[].pop()",
            "(1, 2).index(3)",
            "next(iter([]))",
            "float('q')",
            "'abc'.index('z')",
            "a, b = [1]",
            "a, *b = []",
            "assert False, 'why'",
            "max([])",
            "raise LookupError(1, 'two')",
            "[][0] = 1",
            "chr(-1)",
            "range(1, 2, 0)",
            "2 ** -1 // 0",
            "del [1][3]",
        )
        chosen = rng.sample(bad, 7)
        arms: Lines = []
        for i, statement in enumerate(chosen):
            arms += [f"        {'if' if i == 0 else 'elif'} k == {i}:", f"            {statement}"]
        self._use(
            f"for k in range({len(chosen) + 1}):",
            "    try:",
            f"        print({name}(k))",
            "    except Exception as e:",
            "        print(type(e).__name__, e.args, repr(e.__cause__))",
        )
        link = rng.choice(("raise", "raise RuntimeError(k) from e", "raise KeyError('new')"))
        return [
            f"def {name}(k):",
            "    log = []",
            "    try:",
            *arms,
            "        log.append('ok')",
            f"    except ({rng.choice(('IndexError, KeyError', 'ValueError, TypeError'))}) as e:",
            "        log.append(type(e).__name__)",
            "        log.append(str(e))",
            "    except ArithmeticError as e:",
            f"        {link}",
            f"    except {rng.choice(('Exception', 'LookupError', 'StopIteration'))} as e:",
            "        return 'early', str(e), log",
            "    else:",
            "        log.append('else')",
            "    finally:",
            "        log.append('finally')",
            "    return log",
        ]
