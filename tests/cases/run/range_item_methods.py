"""What is asked of the items of a range of literals, in loops and in comprehensions."""


def show() -> None:
    print("".join(str(abs(v)) for v in range(7)), [abs(v) for v in range(-2, 3)])
    print([min(v, 3) for v in range(5)], [max(v, 3) for v in range(5)], [str(v) for v in range(3)])
    print([v**2 for v in range(4)], [-v // 2 for v in range(4)], [-v % 3 for v in range(4)])
    print([~v for v in range(3)], [v << 2 for v in range(3)], [float(v) for v in range(3)])
    print([repr(v) for v in range(2)], [hash(v) for v in range(3)], [bool(v) for v in range(2)])
    print([v.bit_length() for v in range(5)], [hex(v) for v in range(2)], [v / 2 for v in range(3)])
    print(
        [divmod(v, 2) for v in range(3)],
        [f"{v:>3}" for v in range(2)],
        [round(v) for v in range(2)],
    )
    for v in range(4):
        print(abs(v), min(v, 2), v**2, v // 2, str(v), end=";")
    print()


show()
print(
    (2147483647 - -5) in [2147483652], 2147483647 * 2, -(2147483647 + 1), 65536 * 65536 < 1, 7 // -2
)
print(
    str(2147483647 + 1), [2147483647 + 1], 1 << 40, min(2147483647 + 1, 5), abs(-2147483647 - 1) + 0
)
