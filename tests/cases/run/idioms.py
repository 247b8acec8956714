"""What Rust has a shorter word for: raising, asserting, searching, one handler, unpacking."""

from __future__ import annotations


class Box:
    def __init__(self, size: int, label: str | None) -> None:
        self.size = size
        self.label = label


def graded(value: int) -> str:
    if value > 10:
        return "large"
    elif value > 5:
        return "middle"
    else:
        if not value >= 0:
            raise ValueError("negative", value)
    return "small"


def checked(value: int, kind: str) -> int:
    if kind == "even":
        assert value % 2 == 0, f"{value} is odd"
    elif not value:
        raise KeyError
    else:
        assert value
    return value


def labelled(boxes: list[Box], wanted: str) -> bool:
    return any(b.label == wanted for b in boxes if b.label is not None if b.size > 1)


def all_small(boxes: list[Box]) -> bool:
    return all(b.size < 10 for b in boxes if b.label is not None)


def all_parse(texts: list[str]) -> bool:
    return all(int(text) > 0 for text in texts)


def first_long(words: list[str]) -> str:
    if any(len(found := word) > 3 for word in words):
        return found
    return "none"


def looked_up(table: dict[str, int], name: str) -> str:
    try:
        value = table[name]
    except (KeyError, IndexError) as error:
        return f"no {error}"
    else:
        value += 1
    return str(value)


def nested(table: dict[str, int], texts: list[str]) -> list[str]:
    out = []
    for text in texts:
        try:
            try:
                number = int(text)
            except KeyError:
                number = -1
            out.append(str(table[text] + number))
        except ValueError:
            out.append("no number")
        except KeyError as error:
            out.append(f"missing {error}")
        finally:
            out.append("next")
    return out


def pair(n: int) -> tuple[int, str]:
    return n * 2, str(n)


def unpacked(n: int) -> list[str]:
    a, b = pair(0)
    out = []
    while True:
        out.append(f"{a}{b}")
        if a > n:
            return out
        a, b = pair(a + 1)


def shown(action: object, *args: object) -> None:
    try:
        print(action(*args))  # type: ignore[operator]
    except Exception as error:
        print(type(error).__name__, error.args)


def main() -> None:
    for value in (11, 7, 3, -1):
        shown(graded, value)
    for value, kind in ((2, "even"), (3, "even"), (0, "odd"), (1, "odd")):
        shown(checked, value, kind)
    boxes = [Box(1, "a"), Box(2, None), Box(30, "b")]
    print(labelled(boxes, "a"), labelled(boxes, "b"), labelled([], "a"))
    print(all_small(boxes), all_small(boxes[:2]), all_small([]))
    shown(all_parse, ["1", "2"])
    shown(all_parse, ["1", "-2", "x"])
    shown(all_parse, ["1", "x"])
    print(first_long(["a", "long", "longer"]), first_long(["a"]))
    table = {"1": 1, "x": 2}
    print(looked_up(table, "1"), looked_up(table, "y"))
    print(nested(table, ["1", "x", "2"]))
    print(unpacked(10))


main()
