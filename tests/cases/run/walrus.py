"""Assignment expressions in conditions, loops and comprehensions."""

values = [5, 12, 7, 20]
if (n := len(values)) > 3:
    print("many", n)
if (big := [v for v in values if v > 10]) and len(big) == 2:
    print(big)
stream = iter([3, 4, 0, 5])
while (item := next(stream)) != 0:
    print("item", item)
print("stopped at", item, list(stream))
print([y for x in values if (y := x % 5) > 1], y)
print(any((hit := v) > 10 for v in values), hit)
print((a := 1) + (b := a + 1), a, b)


def first_long(words: list[str]) -> str | None:
    for w in words:
        if (size := len(w)) > 4:
            return f"{w}:{size}"
    return None


print(first_long(["a", "longer"]), first_long(["x"]))
total = 0
print([total := total + v for v in values], total)
print({k: v for k in "ab" if (v := ord(k)) > 0}, (lambda: (z := 3) * z)())
data = {"x": 5}
if (x := data.get("x")) is not None and (yy := data.get("y")) is None:
    print(x, yy)
text = "k1=v1;k2;k3=v3"
print({p[0]: p[1] for part in text.split(";") if len(p := part.split("=")) == 2})
i = 10
while (i := i - 3) > 0:
    print(i, end=" ")
print(i)
print(f"{(w := 5)} {w:=>4}")
ternary = "pos" if (d := values[0] - 5) > 0 else "zero" if d == 0 else "neg"
print(ternary, d)
