"""Every presentation of floats over a range of magnitudes."""

values = [
    0.0,
    -0.0,
    1.0,
    0.1,
    -2.5,
    123.456,
    1e-7,
    1.5e-5,
    0.0001234,
    99999.5,
    999999.5,
    1234567.891,
    1e15,
    1e16,
    1.7976931348623157e308,
    5e-324,
    float("inf"),
    float("-inf"),
    float("nan"),
]
for v in values:
    print(
        repr(v),
        f"{v:.0f}|{v:.1f}|{v:.3f}" if abs(v) < 1e17 else "-",
        f"{v:e}|{v:.2e}|{v:g}|{v:.3g}|{v:.10g}",
    )
    print(f"{v:10.2g}|{v:<10.3}|{v:^12.4}|{v:+.1e}|{v:08.2g}|{v:#.3g}|{v:G}|{v:E}")
for v in (0.5, 1.5, 2.5, 0.125, 0.375, 2.675, 1.005, 1e22, 0.045):
    print(v, f"{v:.0f} {v:.1f} {v:.2f} {v:.20f}", round(v), round(v, 1), round(v, 2))
for v in (1234.5, -98765.4321, 0.256, 1e6):
    print(
        f"{v:,}|{v:,.2f}|{v:_.1f}|{v:15,.1f}|{v:%}|{v:.0%}|{v:+,.3f}|{v:<+12.1f}|{v:*^14.2f}|{v:=+12.1f}"
    )
print(
    1e5, 1e-4, 123456789012345680.0, 1e15 + 0.3, 1 / 3, 2 / 3 * 1e10, 1e100, 4.35, 4.349999999999999
)
print(100.0, 1e2, 1_000.5, 0.5, 5.0, 1e3, 0.1 + 0.7, 1.1 * 1.1, 3.0 * 1.1)
print(
    round(1e300, -299),
    round(123456.789, -3),
    round(0.5),
    round(-0.5),
    round(-1.5),
    round(5e15 + 0.5),
    round(2.5, 0),
    round(-0.4, 0),
)
print(
    str(1.0),
    float("1."),
    float(".5"),
    float("-1e-3"),
    float("+7"),
    float("Infinity"),
    float("-nan"),
    float("1e400"),
)
for text in ("", "abc", "1,5", "--1", "1e", "0x10", "1 2"):
    try:
        print(float(text))
    except ValueError as e:
        print(e)
