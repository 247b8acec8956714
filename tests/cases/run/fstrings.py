"""f-strings: conversions, format specifications, nesting, debugging form."""

name, n, x, neg = "Ada", 42, 3.14159265, -7
print(f"{name} {n} {x} {neg}", f"{name!r} {name!s} {'é'!a}", f"{{literal}} {n}")
print(f"[{n:5}] [{n:<5}] [{n:^5}] [{n:>5}] [{n:05}] [{n:+}] [{neg: }] [{n: }] [{neg:+05}]")
print(f"[{name:6}] [{name:<6}] [{name:^6}] [{name:>6}] [{name:*^9}] [{name:.2}] [{name:>5.1}]")
print(
    f"[{x:.2f}] [{x:8.3f}] [{x:<8.1f}] [{x:08.2f}] [{x:+.0f}] [{x:e}] [{x:.3E}] [{x:g}] [{x:.3g}] [{x:%}] [{x:.1%}]"
)
print(f"{n:b} {n:o} {n:x} {n:X} {n:#b} {n:#o} {n:#x} {n:08b} {n:c} {n:d} {n:n}")
print(
    f"{1234567:,} {1234567:_} {1234567.891:,.2f} {-1234567:,} {123:,} {0xFFFFF:_x} {1234567:>15,}"
)
print(
    f"{1e10} {1e16} {1e-5} {1.0} {1e100:.3} {0.1:.20f} {2.5:.0f} {3.5:.0f} {1e10:g} {1e5:g} {123456789.0:g} {0.0001:g}"
)
print(f"{float('inf')} {float('nan'):.2f} {float('-inf'):8} {-0.0:.1f} {0.0:+g}")
print(f"{True} {True:5} {None} {None!r:>6} {[1, 'a']} {(1,)} { {'k': 1} } {'x' * 3}")
width, precision, fill = 10, 3, "~"
print(f"[{x:{width}.{precision}f}] [{name:{fill}^{width}}] [{n:{'0'}{6}}]")
print(f"{n=} {x=:.2f} {name=!r} {n + 1 = } {name.upper()=}")
print(
    f"{n if n > 10 else 'small'} {[i * i for i in range(3)]} {(lambda v: v + 1)(2)} {len(name):>3}"
)
print(f"{'nested ' + f'{n}'} {name[0]}{name[-1]} {name[::-1]} joined {n} plain")
print(f"""triple
{n}
  end""")
print(f"{'tab'}\t{'newline'}\\n {'quote'!r} \u00e9")
items = {"apple": 1.25, "fig": 10.0}
for key, price in items.items():
    print(f"{key:<10}|{price:>8.2f}|{price / 3:^9.4f}|")
print(f"{10**20:,} {-(10**20):x} {10**20:e} {12345678901234567890:.3e}")
for v in (0.0, 1.5, -2.25, 1e-7, 123456.789):
    print(f"{v:10.4g}|{v:<12}|{v:^+12.2e}|{v!r:>10}")
try:
    print(f"{name:d}")
except ValueError as e:
    print(e)
try:
    print(f"{n:.2d}")
except ValueError as e:
    print(e)
