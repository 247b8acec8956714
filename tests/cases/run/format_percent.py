"""The % operator on strings."""

print("%d %i %s %r" % (1, 2, "three", "four"))
print(
    "[%5d] [%-5d] [%05d] [%+d] [% d] [%x] [%X] [%o] [%#x]" % (42, 42, 42, 42, 42, 255, 255, 8, 255)
)
print(
    "[%f] [%.2f] [%10.3f] [%-10.1f] [%e] [%g] [%.3g] [%G]"
    % (3.14159, 3.14159, 3.14159, 3.14159, 31415.9, 0.00001, 123456.0, 1e-10)
)
print("[%s] [%10s] [%-10s] [%.2s] [%5.1s]" % ("abc", "abc", "abc", "abc", "abc"))
print("%c%c%c" % ("a", 98, "é"), "100%%" % (), "%d%%" % 50)
print("%s %s %s %s" % (None, True, [1, 2], (3, 4)), "%s" % "single", "%s" % [1], "%r" % ("é\n",))
print("%(name)s is %(age)d, %(name)r" % {"name": "Ann", "age": 30})
print("%*d|%-*d|%.*f" % (6, 42, 6, 42, 2, 3.14159))
print(
    "%d" % 3.99, "%d" % True, "%x" % -255, "%s" % 1e16, "%d" % 10**25, "%.0f" % 2.5, "%.1f" % 0.25
)
template = "row %03d: %-8s|%6.2f"
for i, (label, value) in enumerate([("alpha", 1.5), ("beta", 22.333), ("gamma", -0.001)]):
    print(template % (i, label, value))
for bad in (
    lambda: "%d" % "x",
    lambda: "%d %d" % (1,),
    lambda: "%d" % (1, 2),
    lambda: "%(k)s" % {"a": 1},
    lambda: "%y" % 1,
):
    try:
        print(bad())
    except (TypeError, ValueError, KeyError) as e:
        print(type(e).__name__, e)
