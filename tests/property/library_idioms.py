"""Idioms of the standard library: collections, itertools, functools, heapq, re, json, contexts."""

from __future__ import annotations

from tests.property.kinds import BOOL, INT, STR, dict_of
from tests.property.sketches import NUMBERS, TEXTS, Sketches, lines_of
from tests.property.statements import Lines


class LibraryIdioms(Sketches):
    """Writes idioms of the standard library."""

    def _collections(self, name: str) -> Lines:
        rng = self.rng
        text = self._e(STR, 2)
        self._use(
            f"c = collections.Counter({text})",
            f"c.update({self._e(STR)})",
            "print(c.most_common(3), c['a'], c['zz'], sum(c.values()), sorted(c.items()))",
            f"c.subtract({self._e(STR)})",
            "print(sorted((+c).items()), sorted((c & collections.Counter('abc')).items()))",
            f"q = collections.deque({self._e(NUMBERS)}, maxlen={rng.choice(('None', '3', '5'))})",
            f"q.append({self._int()})\nq.appendleft({self._small()})\nq.rotate({self._small()})",
            "print(q, len(q), q[0], q[-1], list(q), 3 in q)",
            "print(q.pop(), q.popleft() if q else None, q)",
            f"o = collections.OrderedDict({self._e(dict_of(STR, INT))})",
            "o['new'] = 1\no['a'] = 2\no.move_to_end('new', last=False)",
            "print(o, list(o), o.popitem(last=False))",
            f"print({name}({self._e(TEXTS)} + ['ab', 'b', 'abc']))",
            f"m = collections.ChainMap({{'a': 1}}, {self._e(dict_of(STR, INT))})",
            "print(m['a'], m.get('q', -1), 'b' in m)",
        )
        make = rng.choice(("list", "set", "int", "lambda: [0]"))
        put = {
            "list": "groups[len(w)].append(w)",
            "set": "groups[len(w)].add(w)",
            "int": "groups[len(w)] += 1",
            "lambda: [0]": "groups[len(w)][0] += ord(w[0]) if w else 1",
        }[make]
        shown = "sorted(v)" if make == "set" else "v"
        return lines_of(
            f"""
            def {name}(words):
                groups = collections.defaultdict({make})
                for w in words:
                    {put}
                groups[{self._small(0, 12)}]
                return [(k, {shown}) for k, v in sorted(groups.items())], len(groups)
            """
        )

    def _iterations(self, name: str) -> Lines:
        rng = self.rng
        xs, small = self._e(NUMBERS, 2), f"{self._e(NUMBERS)}[:4]"
        forms = (
            f"list(itertools.accumulate({xs}))",
            f"list(itertools.accumulate({xs}, lambda a, b: a * 2 - b, initial={self._small()}))",
            f"list(itertools.chain({xs}, 'ab', range(2)))",
            f"list(itertools.combinations({small}, {self._small(0, 3)}))",
            f"list(itertools.permutations({small}, 2))[:9]",
            f"list(itertools.product({small}, 'xy', repeat=1))",
            f"[(k, list(g)) for k, g in itertools.groupby({xs}, lambda x: x % 3)]",
            f"list(itertools.islice(itertools.count({self._small()}, 3), {self._small(0, 5)}))",
            f"list(itertools.takewhile(lambda x: {self._e(BOOL, 1, x=INT)}, {xs}))",
            f"list(itertools.dropwhile(lambda x: x < {self._small()}, {xs}))",
            f"list(itertools.zip_longest({xs}, 'abc', fillvalue=None))",
            f"list(itertools.pairwise({xs}))",
            f"list(itertools.starmap(lambda a, b: a - b, zip({xs}, range(9))))",
            f"list(itertools.compress('abcdef', [x % 2 for x in {xs}]))",
            f"[next(it) for it in [itertools.cycle({small} + [1])] for _ in range(5)]",
            f"list(itertools.chain.from_iterable([[1], {xs}, (2, 3)]))",
            f"list(itertools.filterfalse(None, {xs}))",
            f"functools.reduce(lambda a, b: (a * 3 + b) % 10007, {xs}, {self._small()})",
            f"functools.reduce(lambda a, b: a + [b] if b not in a else a, {xs}, [])",
            f"sorted({xs}, key=functools.cmp_to_key(lambda a, b: (a % 7) - (b % 7)))",
            f"list(map(functools.partial({name}, 2, c={self._small()}), {xs}))",
            f"(lambda h: [heapq.heappop(h) for _ in range(len(h))])({name}Heap({xs}))",
            f"heapq.nsmallest(2, {xs}), heapq.nlargest(2, {xs}, key=lambda x: x % 10)",
            f"bisect.bisect_left(sorted({xs}), {self._small()}), bisect.bisect([1, 3, 3, 5], 3)",
            f"list(map(operator.itemgetter(0), [(x, 1) for x in {xs}]))",
            f"sorted([(x % 3, x) for x in {xs}], key=operator.itemgetter(0))",
        )
        self._use(*(f"print({form})" for form in rng.sample(forms, 8)))
        return lines_of(
            f"""
            def {name}(a, b, c=0):
                return {self._e(INT, 1, a=INT, b=INT, c=INT)}
            def {name}Heap(xs):
                heap = []
                for x in xs:
                    heapq.heappush(heap, x)
                    if len(heap) > {self._small(1, 9)}:
                        heapq.heappop(heap)
                return heap
            """
        )

    def _contexts(self, name: str) -> Lines:
        rng = self.rng
        self._use(
            f"for k in range({self._small(2, 4)}):",
            "    try:",
            f"        with {name}('a', k) as a, {name}(a + 'b', 0):",
            f"            print('in', a, {self._e(INT, 1, k=INT)} // k)",
            "    except (ZeroDivisionError, RuntimeError) as e:",
            "        print(type(e).__name__, e)",
            "    else:",
            "        print('fine')",
            "with contextlib.suppress(KeyError, IndexError):",
            f"    print([1, 2][{self._small(0, 3)}])",
            f"    print({{'a': 1}}[{rng.choice(('a', 'b', 'zz'))!r}])",
            "print('after')",
        )
        caught = rng.choice(("ValueError", "ZeroDivisionError", "LookupError"))
        return lines_of(
            f"""
            @contextlib.contextmanager
            def {name}(text, k):
                print('enter', text, k)
                try:
                    yield text + str(k)
                    print('clean')
                except {caught} as e:
                    print('caught', e)
                    if k == {self._small(0, 3)}:
                        raise RuntimeError('again') from e
                finally:
                    print('exit', text)
            """
        )

    def _texts_by_pattern(self, name: str) -> Lines:
        rng = self.rng
        patterns = (
            r"(\w)(\d*)",
            r"[aeiou]+",
            r"^\s*(\S+)",
            r"(?P<a>\d+)-(?P<b>\d+)",
            r"l{1,2}",
            r"\bw",
            r"(a|b)*c",
            r"[^\W\d]+",
            r".",
        )
        pattern = rng.choice(patterns)
        texts = ("'hello world 12-34'", "'a1 b22  ccc'", "'abac ABC 7'", self._e(STR, 2))
        self._use(
            f"for s in ({', '.join(texts)}):",
            f"    print(re.findall({pattern!r}, s), re.sub({pattern!r}, '<>', s, count=2))",
            f"    m = re.search({pattern!r}, s)",
            "    print(m and (m.group(), m.span(), m.groups()))",
            f"    print(re.split({rng.choice((pattern, ' +', ','))!r}, s), {name}(s))",
        )
        return lines_of(
            f"""
            {name}Word = re.compile(r'[a-z]+')
            def {name}(s):
                out = [m.group(0)[::-1] + str(m.start()) for m in {name}Word.finditer(s)]
                return out, {name}Word.sub(lambda m: m.group().title(), s)
            """
        )

    def _records(self, name: str) -> Lines:
        rng = self.rng
        atoms = ["1", "2.5", "'é\\n'", "None", "True", "[1, [2, 'x']]", "{'k': []}", self._int()]
        items = ", ".join(f"'k{i}': {atom}" for i, atom in enumerate(rng.sample(atoms, 5)))
        indent = rng.choice(("None", "1", "2"))
        self._use(
            f"d = {{{items}, 'list': [{', '.join(rng.sample(atoms, 3))}]}}",
            f"s = json.dumps(d, sort_keys=True, indent={indent})",
            "print(s, json.loads(s) == d)",
            "back = json.loads(json.dumps(d))",
            f"back['list'].append({self._int()})",
            "back['more'] = {'n': len(back), 'deep': [back['list'][0]]}",
            f"print(back, {name}(back), {name}Flat(back))",
            "for bad in ('{', '[1,]', 'nul', '1 2'):",
            "    try:",
            "        print(json.loads(bad))",
            "    except ValueError as e:",
            "        print(e)",
        )
        return lines_of(
            f"""
            def {name}(v):
                if isinstance(v, dict):
                    return 1 + max(({name}(x) for x in v.values()), default=0)
                if isinstance(v, list):
                    return 1 + max([{name}(x) for x in v] or [0])
                return 0
            def {name}Flat(v, path=''):
                if isinstance(v, dict):
                    out = {{}}
                    for k, x in v.items():
                        out.update({name}Flat(x, f'{{path}}.{{k}}'))
                    return out
                if isinstance(v, list):
                    out = {{}}
                    for i, x in enumerate(v):
                        out |= {name}Flat(x, f'{{path}}[{{i}}]')
                    return out
                return {{path: v}}
            """
        )
