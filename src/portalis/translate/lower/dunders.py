"""The methods that the runtime calls by name on a dynamic value."""

# Comparisons, in the order of `Instance`.
COMPARISONS = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__")
DUNDERS: tuple[str, ...] = tuple(
    f"__{name}__"
    for name in (
        "add sub mul truediv floordiv mod pow matmul lshift rshift and or xor "
        "radd rsub rmul rtruediv rfloordiv rmod rpow rmatmul rlshift rrshift rand ror rxor "
        "divmod rdivmod neg pos invert abs round trunc floor ceil reversed format bytes "
        "iadd isub imul itruediv ifloordiv imod ipow imatmul ilshift irshift iand ior ixor "
        "getitem setitem delitem contains len length_hint iter next call enter exit int float "
        "index bool eq ne lt le gt ge"
    ).split()
)
