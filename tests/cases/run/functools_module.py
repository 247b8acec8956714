from functools import cmp_to_key, partial, reduce, lru_cache, cache
import functools, operator


def compare(a, b):
    if len(a) != len(b):
        return len(a) - len(b)
    return (a > b) - (a < b)


words = "the quick brown fox jumps over the lazy dog".split()
print(sorted(words, key=cmp_to_key(compare)))
print(sorted(words, key=functools.cmp_to_key(lambda a, b: (a < b) - (a > b)), reverse=True))
words.sort(key=cmp_to_key(compare))
print(words, max(words, key=cmp_to_key(compare)), min(words, key=cmp_to_key(compare)))
k = cmp_to_key(compare)
print(k("a") < k("bb"), k("a") == k("a"), k("b") >= k("c"))


def power(base, exp):
    return base**exp


square = partial(power, exp=2)
cube = partial(power, exp=3)
two = partial(power, 2)
print(square(5), cube(3), two(10))
hexint = partial(int, base=16)
print(hexint("ff"))
print(list(map(partial(operator.mul, 3), range(4))))
print(reduce(lambda a, b: a * b, range(1, 10)), reduce(operator.add, [[1], [2]], []))
try:
    reduce(operator.add, [])
except TypeError as e:
    print(e)
pm = partial(max, 10)
print(pm(3, 40))
