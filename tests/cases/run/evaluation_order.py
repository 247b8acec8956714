"""Operands, arguments, keys, targets and defaults are evaluated left to right."""

log: list[str] = []


def t(name, value=0):
    log.append(name)
    return value


def flush(label):
    print(label, " ".join(log))
    log.clear()


def f(*args, **kwargs):
    log.append("call")
    return len(args) + len(kwargs)


t("a", 1) + t("b", 2) * t("c", 3) - t("d", 4)
flush("arithmetic")
f(t("x"), *[t("star")], k=t("kw"), **{"z": t("dict")})
flush("call")
[t("1"), t("2")], {t("k", "k"): t("v")}, (t("u"), t("w"))
flush("displays")
xs = [0, 0, 0]
xs[t("i", 1)] = t("value", 5)
flush("item assignment")
xs[t("i", 0)], xs[t("j", 2)] = t("p", 1), t("q", 2)
flush("tuple assignment")
xs[t("aug", 1)] += t("rhs", 1)
flush("augmented")
t("l", 1) < t("m", 2) < t("n", 0) < t("never", 9)
flush("chain")
t("a", 0) or t("b", 1) and t("c", 0) or t("d", 2)
flush("logic")
t("then") if t("cond", True) else t("else")
flush("ternary")
print(f"{t('f1', 1)} {t('f2', 2):>{t('width', 4)}}")
flush("f-string")
t("recv", "a-b").replace(t("old", "-"), t("new", "+"))
flush("method")
[t(f"e{i}") for i in range(t("range", 2)) if t(f"if{i}", i)]
flush("comprehension")
d = {}
d[t("key", "k")] = d[t("key2", "k2")] = t("chained", 1)
flush("chained targets")
print(d, xs)


def g(a=t("default a"), b=t("default b")):
    return t("body")


flush("defaults")
g()
flush("g")
try:
    t("before", 1) // t("zero", 0) + t("after")
except ZeroDivisionError:
    flush("error")
assert t("test", True), t("message")
flush("assert")
del xs[t("del", 0)]
flush("del")
print(xs, t("print arg"), sep=t("sep", "|"), end=t("end", "\n"))
flush("print")
