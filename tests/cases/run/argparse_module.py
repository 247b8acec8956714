"""A command line tool: its options, its help, what it refuses."""

import argparse
import sys


def positive(text: str) -> int:
    value = int(text)
    if value <= 0:
        raise argparse.ArgumentTypeError(f"{text} is not positive")
    return value


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tool",
        description="Does many things with files, and says so in a description that is long enough to be wrapped.",
        epilog="See the manual of %(prog)s.",
    )
    parser.add_argument("inputs", nargs="+", metavar="FILE", help="what to read")
    parser.add_argument(
        "-o", "--output", default="out.txt", help="where to write (default: %(default)s)"
    )
    parser.add_argument("-n", "--number", type=int, default=3, help="how many")
    parser.add_argument("--ratio", type=float, metavar="R")
    parser.add_argument("-v", "--verbose", action="count", default=0)
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing")
    parser.add_argument("--no-color", dest="color", action="store_false")
    parser.add_argument("-I", "--include", action="append", help="a folder; may be repeated")
    parser.add_argument("--level", choices=["low", "high"], default="low")
    parser.add_argument("--size", type=positive, nargs=2)
    parser.add_argument("--version", action="version", version="%(prog)s 1.2")
    group = parser.add_argument_group("other things", "They are described here.")
    group.add_argument("--mode", nargs="?", const="fast", default="slow")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--left", action="store_const", const=1, dest="side")
    only.add_argument("--right", action="store_const", const=2, dest="side")
    return parser


def run(argv: list[str]) -> None:
    try:
        args = make_parser().parse_args(argv)
    except SystemExit as error:
        print(argv, "exits with", error.code)
        return
    print(args)
    total = args.number * len(args.inputs)
    print(
        total,
        args.output.upper(),
        args.verbose > 1,
        args.ratio,
        [name.title() for name in args.inputs],
    )


run(["a"])
run(["a", "b", "-n", "7", "-vv", "--ratio=0.5", "-q", "--no-color"])
run(["-Isrc", "-I", "lib", "--include=x", "a", "--level", "high", "--size", "3", "4"])
run(["a", "--mode", "--left"])
run(["--mode", "quick", "--", "-a", "--b"])
run(["a", "-n", "-5", "--verb", "-qvn2"])
for bad in (
    [],
    ["a", "-n", "x"],
    ["a", "--level", "middle"],
    ["a", "--size", "1"],
    ["a", "--size", "0", "1"],
    ["a", "--nothing"],
    ["a", "--ver"],
    ["a", "--left", "--right"],
    ["a", "--quiet=yes"],
    ["--version"],
    ["-h"],
):
    run(bad)
print(make_parser().format_usage())

commands = argparse.ArgumentParser(
    prog="vcs", formatter_class=argparse.ArgumentDefaultsHelpFormatter
)
commands.add_argument("--repo", default=".", help="the folder")
sub = commands.add_subparsers(dest="command", required=True, help="what to do")
add = sub.add_parser("add", help="add files", aliases=["a"])
add.add_argument("paths", nargs="*", default=["."])
add.set_defaults(func=lambda args: f"adding {args.paths}")
log = sub.add_parser("log", help="show the log")
log.add_argument("-n", type=int, default=10, help="lines")
log.set_defaults(func=lambda args: f"log of {args.n} in {args.repo}")
for argv in (["add", "x", "y"], ["--repo", "r", "log", "-n", "2"], ["a"], ["log"]):
    args = commands.parse_args(argv)
    print(args.command, args.func(args))
print(commands.format_help(), log.format_help(), sep="\n")
try:
    commands.parse_args(["push"])
except SystemExit as error:
    print(error.code)

loose = argparse.ArgumentParser(
    prog="loose",
    add_help=False,
    description="Raw\n  text.",
    formatter_class=argparse.RawDescriptionHelpFormatter,
)
loose.add_argument("first")
loose.add_argument("rest", nargs=argparse.REMAINDER)
loose.add_argument("-x", type=int, help=argparse.SUPPRESS)
print(loose.parse_known_args(["one", "-z", "--", "-x", "1"]))
print(loose.parse_known_args(["-x", "4", "one", "-y"]))
loose.print_help()
known, extras = argparse.ArgumentParser(prog="p").parse_known_args(["--what", "4"])
print(known, extras, vars(known), len(sys.argv))
settings = argparse.Namespace(depth=3, name="n")
settings.extra = [1]
print(settings, "depth" in settings, settings == argparse.Namespace(depth=3))
