"""The main() idiom returning a status."""

import sys


def parse(tokens: list[str]) -> dict[str, int]:
    out: dict[str, int] = {}
    for token in tokens:
        name, _, number = token.partition("=")
        out[name] = int(number)
    return out


def main() -> int:
    print(parse(["a=1", "b=22"]))
    try:
        parse(["a=x"])
    except ValueError as error:
        print(f"warning: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
