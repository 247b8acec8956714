"""Arguments of a command line: what they are, how they are read, what is said about them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from _argparse_actions import ONE_OR_MORE as ONE_OR_MORE
from _argparse_actions import OPTIONAL as OPTIONAL
from _argparse_actions import (
    PARSER,
    Action,
    ArgumentError,
    Namespace,
    Option,
    is_negative,
    made,
    unknown,
)
from _argparse_actions import REMAINDER as REMAINDER
from _argparse_actions import ZERO_OR_MORE as ZERO_OR_MORE
from _argparse_actions import ArgumentTypeError as ArgumentTypeError
from _argparse_text import SUPPRESS, Group, HelpFormatter, Shown, Text
from _argparse_text import ArgumentDefaultsHelpFormatter as ArgumentDefaultsHelpFormatter
from _argparse_text import RawDescriptionHelpFormatter as RawDescriptionHelpFormatter
from _argparse_text import RawTextHelpFormatter as RawTextHelpFormatter

_EXTRAS = "_unrecognized_args"


class _ArgumentGroup:
    """Arguments that the help shows together, or of which one at most may be given."""

    def __init__(
        self, container: ArgumentParser, title: str | None, description: str | None,
        required: bool = False, is_exclusive: bool = False, outer: _ArgumentGroup | None = None,
    ) -> None:  # fmt: skip
        self._container = container
        self.title = title
        self.description = description
        self.required = required
        self.actions: list[Action] = []
        self._is_exclusive = is_exclusive
        self._outer = outer

    def add_argument(self, *args: str, **kwargs: Any) -> Action:
        made = self._container.make(list(args), kwargs)
        if self._is_exclusive and made.required:
            raise ValueError("mutually exclusive arguments must be optional")
        self._container.take(made)
        if self._outer is not None:
            self._outer.actions.append(made)
        elif self._is_exclusive:
            self._container.place(made)
        self.actions.append(made)
        return made

    def add_mutually_exclusive_group(self, required: bool = False) -> _ArgumentGroup:
        return self._container.exclusive(required, self)


class _SubParsers:
    def __init__(self, action: Action, prog: str) -> None:
        self.action = action
        self._prog = prog
        self.parsers: dict[str, ArgumentParser] = {}
        self.shown: list[Shown] = []

    def add_parser(
        self, name: str, *, help: str | None = None, aliases: Sequence[str] = (),
        prog: str | None = None, usage: str | None = None, description: str | None = None,
        epilog: str | None = None, parents: Sequence[ArgumentParser] = (),
        formatter_class: Callable[[], HelpFormatter] = HelpFormatter, add_help: bool = True,
        allow_abbrev: bool = True,
    ) -> ArgumentParser:  # fmt: skip
        for known in (name, *aliases):
            if known in self.parsers:
                word = "subparser" if known == name else "subparser alias"
                raise ArgumentError(self.action, f"conflicting {word}: {known}")
        if help is not None:
            made = Shown([], None, False, help)
            made.metavar = [f"{name} ({', '.join(aliases)})" if aliases else name]
            self.shown.append(made)
        parser = ArgumentParser(
            f"{self._prog} {name}" if prog is None else prog, usage, description, epilog, parents,
            formatter_class, add_help=add_help, allow_abbrev=allow_abbrev,
        )  # fmt: skip
        for known in (name, *aliases):
            self.parsers[known] = parser
        self.action.choices = self.parsers.keys()
        return parser


class ArgumentParser:
    def __init__(
        self, prog: str | None = None, usage: str | None = None, description: str | None = None,
        epilog: str | None = None, parents: Sequence[ArgumentParser] = (),
        formatter_class: Callable[[], HelpFormatter] = HelpFormatter, prefix_chars: str = "-",
        fromfile_prefix_chars: str | None = None, argument_default: Any = None,
        conflict_handler: str = "error", add_help: bool = True, allow_abbrev: bool = True,
        exit_on_error: bool = True,
    ) -> None:  # fmt: skip
        if prefix_chars != "-" or fromfile_prefix_chars is not None:
            raise unknown("a prefix other than -")
        if conflict_handler != "error":
            raise unknown("the resolution of conflicts")
        self.prog = os.path.basename(sys.argv[0]) if prog is None else prog
        self.usage = usage
        self.description = description
        self.epilog = epilog
        self.argument_default = argument_default
        self.allow_abbrev = allow_abbrev
        self.exit_on_error = exit_on_error
        self._formatter = formatter_class()
        self._actions: list[Action] = []
        self._options: dict[str, Action] = {}
        self._groups: list[_ArgumentGroup] = []
        self._exclusive: list[_ArgumentGroup] = []
        self._defaults: dict[str, Any] = {}
        self._has_negatives = False
        self._sub: _SubParsers | None = None
        self._positionals = self.add_argument_group("positional arguments")
        self._optionals = self.add_argument_group("options")
        if add_help:
            text = "show this help message and exit"
            self.add_argument("-h", "--help", action="help", default=SUPPRESS, help=text)
        for parent in parents:
            self._adopt(parent)

    def _adopt(self, parent: ArgumentParser) -> None:
        if parent._exclusive:
            raise unknown("a parent with exclusive arguments")
        for group in parent._groups:
            mine = group
            if group is parent._positionals:
                mine = self._positionals
            elif group is parent._optionals:
                mine = self._optionals
            else:
                mine = self.add_argument_group(group.title, group.description)
            for action in group.actions:
                self.take(action)
                mine.actions.append(action)
        for name in parent._defaults:
            self._defaults[name] = parent._defaults[name]

    # What there is

    def add_argument(self, *args: str, **kwargs: Any) -> Action:
        made = self.make(list(args), kwargs)
        self.take(made)
        self.place(made)
        return made

    def place(self, action: Action) -> None:
        """Shows an argument among those that no group has."""
        group = self._optionals if action.option_strings else self._positionals
        group.actions.append(action)

    def add_argument_group(
        self, title: str | None = None, description: str | None = None
    ) -> _ArgumentGroup:
        made = _ArgumentGroup(self, title, description)
        self._groups.append(made)
        return made

    def add_mutually_exclusive_group(self, required: bool = False) -> _ArgumentGroup:
        return self.exclusive(required, None)

    def exclusive(self, required: bool, outer: _ArgumentGroup | None) -> _ArgumentGroup:
        made = _ArgumentGroup(self, None, None, required, True, outer)
        self._exclusive.append(made)
        return made

    def add_subparsers(
        self, *, title: str | None = None, description: str | None = None, dest: str = SUPPRESS,
        required: bool = False, help: str | None = None, metavar: str | None = None,
        prog: str | None = None,
    ) -> _SubParsers:  # fmt: skip
        if self._sub is not None:
            self.error("cannot have multiple subparser arguments")
        if prog is None:
            shown = {id(action): action.shown() for action in self._actions}
            places = [shown[id(a)] for a in self._actions if not a.option_strings]
            text = Text(self.prog, self._formatter)
            usage = text.usage(self.usage, places, self._exclusive_shown(shown))
            prog = usage[len("usage: ") :].strip()
        made = Action(
            "parsers", [], dest, nargs=PARSER, required=required, help=help, metavar=metavar,
            choices={},
        )  # fmt: skip
        sub = _SubParsers(made, prog)
        made.subactions = sub.shown
        self._sub = sub
        self.take(made)
        if title is not None or description is not None:
            name = "subcommands" if title is None else title
            self.add_argument_group(name, description).actions.append(made)
        else:
            self._positionals.actions.append(made)
        return sub

    def set_defaults(self, **kwargs: Any) -> None:
        for name in kwargs:
            self._defaults[name] = kwargs[name]
            for action in self._actions:
                if action.dest == name:
                    action.default = kwargs[name]

    def get_default(self, dest: str) -> Any:
        for action in self._actions:
            if action.dest == dest and action.default is not None:
                return action.default
        return self._defaults.get(dest)

    def make(self, names: list[str], given: dict[str, Any]) -> Action:
        return made(names, given, self._defaults, self.argument_default)

    def take(self, action: Action) -> None:
        clashing = [option for option in action.option_strings if option in self._options]
        if clashing:
            word = "string" if len(clashing) == 1 else "strings"
            raise ArgumentError(action, f"conflicting option {word}: {', '.join(clashing)}")
        if not action.option_strings and any(a.takes_all() for a in self._actions):
            raise unknown("an argument after one that takes all that follow")
        self._actions.append(action)
        for option in action.option_strings:
            self._options[option] = action
            if is_negative(option):
                self._has_negatives = True

    # What is said

    def format_usage(self) -> str:
        shown = {id(action): action.shown() for action in self._actions}
        return self._usage(Text(self.prog, self._formatter), shown).rstrip("\n") + "\n"

    def _usage(self, text: Text, shown: dict[int, Shown]) -> str:
        if self.usage == SUPPRESS:
            return ""
        every = [shown[id(action)] for action in self._actions]
        return text.usage(self.usage, every, self._exclusive_shown(shown))

    def _exclusive_shown(self, shown: dict[int, Shown]) -> list[Group]:
        groups: list[Group] = []
        for group in self._exclusive:
            groups.append(Group([shown[id(action)] for action in group.actions], group.required))
        return groups

    def format_help(self) -> str:
        text = Text(self.prog, self._formatter)
        shown = {id(action): action.shown() for action in self._actions}
        for action in self._actions:
            if action.help != SUPPRESS:
                text.measure(shown[id(action)])
        out = self._usage(text, shown)
        if self.description is not None:
            out += text.plain(self.description)
        for group in self._groups:
            part = "" if group.description is None else text.described(group.description)
            for action in group.actions:
                if action.help != SUPPRESS:
                    part += text.action(shown[id(action)])
            if part:
                out += f"{group.title}:\n{part}\n" if group.title is not None else f"\n{part}\n"
        if self.epilog is not None:
            out += text.plain(self.epilog)
        while "\n\n\n" in out:
            out = out.replace("\n\n\n", "\n\n")
        return out.strip("\n") + "\n"

    def print_usage(self, file: Any = None) -> None:
        _show(self.format_usage(), file)

    def print_help(self, file: Any = None) -> None:
        _show(self.format_help(), file)

    def exit(self, status: int = 0, message: str | None = None) -> None:
        if message:
            sys.stderr.write(message)
        sys.exit(status)

    def error(self, message: str) -> None:
        sys.stderr.write(self.format_usage())
        self.exit(2, f"{self.prog}: error: {message}\n")

    # What is given

    def parse_args(
        self, args: Sequence[str] | None = None, namespace: Namespace | None = None
    ) -> Namespace:
        found, extras = self.parse_known_args(args, namespace)
        if extras:
            self.error(f"unrecognized arguments: {' '.join(extras)}")
        return found

    def parse_known_args(
        self, args: Sequence[str] | None = None, namespace: Namespace | None = None
    ) -> tuple[Namespace, list[str]]:
        texts = list(sys.argv[1:]) if args is None else list(args)
        found = Namespace() if namespace is None else namespace
        for action in self._actions:
            if action.dest != SUPPRESS and not hasattr(found, action.dest):
                if not (isinstance(action.default, str) and action.default == SUPPRESS):
                    setattr(found, action.dest, action.default)
        for name in self._defaults:
            if not hasattr(found, name):
                setattr(found, name, self._defaults[name])
        extras: list[str] = []
        try:
            extras = _Run(self, found, texts).extras
        except ArgumentError as error:
            if not self.exit_on_error:
                raise
            self.error(str(error))
        if hasattr(found, _EXTRAS):
            extras = extras + getattr(found, _EXTRAS)
            delattr(found, _EXTRAS)
        return found, extras

    def option(self, text: str) -> Option | None:
        """The option that an argument is; None: it is none."""
        if not text or text[0] != "-":
            return None
        if text in self._options:
            return Option(self._options[text], text, None)
        if len(text) == 1:
            return None
        if "=" in text:
            name, _, value = text.partition("=")
            if name in self._options:
                return Option(self._options[name], name, value)
        found = self._abbreviated(text)
        if len(found) > 1:
            matches = ", ".join([option.text for option in found])
            self.error(f"ambiguous option: {text} could match {matches}")
        if found:
            return found[0]
        if is_negative(text) and not self._has_negatives:
            return None
        return None if " " in text else Option(None, text, None)

    def _abbreviated(self, text: str) -> list[Option]:
        found: list[Option] = []
        if text[1] == "-":
            if self.allow_abbrev:
                name, equals, value = text.partition("=")
                for option in self._options:
                    if option.startswith(name):
                        found.append(
                            Option(self._options[option], option, value if equals else None)
                        )
            return found
        for option in self._options:
            if option == text[:2]:
                found.append(Option(self._options[option], option, text[2:]))
            elif option.startswith(text):
                found.append(Option(self._options[option], option, None))
        return found


class _Run:
    """One reading of arguments into a namespace."""

    def __init__(self, parser: ArgumentParser, found: Namespace, texts: list[str]) -> None:
        self._parser = parser
        self._found = found
        self._texts = texts
        self.extras: list[str] = []
        self._seen: set[int] = set()
        self._given: set[int] = set()
        # A: an argument, O: an option, -: the mark after which there are no options.
        self._kinds = ""
        self._options: dict[int, Option] = {}
        for i in range(len(texts)):
            if "-" in self._kinds:
                self._kinds += "A"
            elif texts[i] == "--":
                self._kinds += "-"
            else:
                option = parser.option(texts[i])
                if option is not None:
                    self._options[i] = option
                self._kinds += "A" if option is None else "O"
        self._places = [action for action in parser._actions if not action.option_strings]
        self._read()
        self._check()

    def _read(self) -> None:
        last = max(self._options, default=-1)
        at = 0
        while at <= last:
            following = min([i for i in self._options if i >= at])
            if at != following:
                end = self._take_places(at)
                if end > at:
                    at = end
                    continue
            if at not in self._options:
                self.extras += self._texts[at:following]
                at = following
            at = self._take_option(at)
        end = self._take_places(at)
        self.extras += self._texts[end:]

    def _take_option(self, at: int) -> int:
        option = self._options[at]
        action, text, value = option.action, option.text, option.value
        taken: list[tuple[Action, list[str], str]] = []
        while True:
            if action is None:
                self.extras.append(self._texts[at])
                return at + 1
            if value is None:
                start = at + 1
                stop = start + self._count(action, self._kinds[start:])
                taken.append((action, self._texts[start:stop], text))
                break
            room = self._count(action, "A")
            if room == 0 and text[1] != "-" and value != "":
                taken.append((action, [], text))
                text = "-" + value[0]
                rest = value[1:] or None
                if text not in self._parser._options:
                    raise ArgumentError(action, f"ignored explicit argument {value!r}")
                action = self._parser._options[text]
                value = rest
            elif room == 1:
                stop = at + 1
                taken.append((action, [value], text))
                break
            else:
                raise ArgumentError(action, f"ignored explicit argument {value!r}")
        for one, texts, name in taken:
            self._act(one, texts, name)
        return stop

    def _count(self, action: Action, kinds: str) -> int:
        """How many arguments an option takes of those that follow."""
        if action.takes_all():
            room = len(kinds.partition("-")[0])
        else:
            room = len(kinds) - len(kinds.lstrip("A"))
        if room < action.least():
            if action.nargs is None:
                wanted = "one argument"
            elif action.nargs == ONE_OR_MORE:
                wanted = "at least one argument"
            elif action.nargs == 1:
                wanted = "1 argument"
            else:
                wanted = f"{action.nargs} arguments"
            raise ArgumentError(action, f"expected {wanted}")
        return action.most(room)

    def _take_places(self, at: int) -> int:
        counts = self._shares(self._kinds[at:])
        for action, count in zip(self._places, counts):
            texts = self._texts[at : at + count]
            at += count
            self._act(action, texts, None)
        self._places = self._places[len(counts) :]
        return at

    def _shares(self, kinds: str) -> list[int]:
        """How many arguments the first of what is waiting takes each: as many actions as can
        be served, the earlier ones as much as the later ones leave."""
        plain = kinds.partition("O")[0]
        mark = plain.find("-")
        room = len(plain) - (mark >= 0)
        size = len(self._places)
        while sum([action.least() for action in self._places[:size]]) > room:
            size -= 1
        served = self._places[:size]
        counts: list[int] = []
        used = 0
        for i in range(size):
            later = sum([action.least() for action in served[i + 1 :]])
            count = served[i].most(room - used - later)
            # The mark goes to whoever takes what stands before it.
            has_mark = 0 <= mark and (used <= mark <= used + count) and (mark > used or i == 0)
            used += count
            if served[i].takes_all():
                counts.append(len(kinds) - sum(counts))
                return [*counts, *[0 for _ in served[i + 1 :]]]
            counts.append(count + has_mark)
        return counts

    def _act(self, action: Action, texts: list[str], name: str | None) -> None:
        self._seen.add(id(action))
        values = action.values(texts)
        if values is not action.default:
            self._given.add(id(action))
            for group in self._parser._exclusive:
                if any(other is action for other in group.actions):
                    for other in group.actions:
                        if other is not action and id(other) in self._given:
                            raise ArgumentError(
                                action, f"not allowed with argument {other.shown_name()}"
                            )
        self._store(action, values)

    def _store(self, action: Action, values: Any) -> None:
        found, dest = self._found, action.dest
        kind = action.kind
        if kind == "store":
            setattr(found, dest, values)
        elif kind in ("store_const", "store_true", "store_false"):
            setattr(found, dest, action.const)
        elif kind in ("append", "append_const", "extend"):
            held = getattr(found, dest, None)
            items: list[Any] = [] if held is None else list(held)
            if kind == "extend":
                items.extend(values)
            else:
                items.append(values if kind == "append" else action.const)
            setattr(found, dest, items)
        elif kind == "count":
            count = getattr(found, dest, None)
            setattr(found, dest, 1 if count is None else count + 1)
        elif kind == "help":
            self._parser.print_help()
            self._parser.exit()
        elif kind == "version":
            text = Text(self._parser.prog, self._parser._formatter)
            sys.stdout.write(text.plain(str(action.version)).strip("\n") + "\n")
            self._parser.exit()
        else:
            self._descend(action, values)

    def _descend(self, action: Action, values: list[str]) -> None:
        found = self._found
        if action.dest != SUPPRESS:
            setattr(found, action.dest, values[0])
        sub = self._parser._sub
        if sub is None:
            return
        parser = sub.parsers[values[0]]
        inner, extras = parser.parse_known_args(values[1:], None)
        for name, value in vars(inner).items():
            setattr(found, name, value)
        if extras:
            setattr(found, _EXTRAS, getattr(found, _EXTRAS, []) + extras)

    def _check(self) -> None:
        found = self._found
        missing: list[str] = []
        for action in self._parser._actions:
            if id(action) in self._seen:
                continue
            if action.required:
                missing.append(str(action.shown_name()))
            elif isinstance(action.default, str) and hasattr(found, action.dest):
                if getattr(found, action.dest) == action.default:
                    setattr(found, action.dest, action.value(action.default))
        if missing:
            self._parser.error(f"the following arguments are required: {', '.join(missing)}")
        for group in self._parser._exclusive:
            if group.required and not any(id(a) in self._given for a in group.actions):
                names = [str(a.shown_name()) for a in group.actions if a.help != SUPPRESS]
                self._parser.error(f"one of the arguments {' '.join(names)} is required")


def _show(text: str, file: Any) -> None:
    if file is None:
        sys.stdout.write(text)
    else:
        file.write(text)
