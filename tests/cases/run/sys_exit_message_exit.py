"""sys.exit with a text prints it on stderr and exits 1."""

import sys


def main(argv: list[str]) -> int:
    if len(argv) < 100:
        print("usage on stdout")
        sys.exit("error: too few arguments")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
