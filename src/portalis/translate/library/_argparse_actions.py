"""What an argument parser knows of one argument; what reading one may raise and gives."""

from __future__ import annotations

from typing import Any

from _argparse_text import SUPPRESS, Shown

OPTIONAL = "?"
ZERO_OR_MORE = "*"
ONE_OR_MORE = "+"
PARSER = "A..."
REMAINDER = "..."


def unknown(what: str) -> NotImplementedError:
    return NotImplementedError(f"argparse: {what} is not translated")


class ArgumentTypeError(Exception):
    pass


class ArgumentError(Exception):
    def __init__(self, argument: Action | None, message: str) -> None:
        self.argument_name = None if argument is None else argument.shown_name()
        self.message = message

    def __str__(self) -> str:
        if self.argument_name is None:
            return self.message
        return f"argument {self.argument_name}: {self.message}"


class Namespace:
    def __init__(self, **kwargs: Any) -> None:
        for name in kwargs:
            setattr(self, name, kwargs[name])

    def __repr__(self) -> str:
        parts: list[str] = []
        odd: list[str] = []
        for name, value in self.__dict__.items():
            if name.isidentifier():
                parts.append(f"{name}={value!r}")
            else:
                odd.append(f"{name!r}: {value!r}")
        if odd:
            parts.append("**{" + ", ".join(odd) + "}")
        return f"{type(self).__name__}({', '.join(parts)})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Namespace):
            return NotImplemented
        return vars(self) == vars(other)

    def __contains__(self, key: str) -> bool:
        return key in self.__dict__


# What takes no value of its own.
FLAGS = (
    "store_const", "store_true", "store_false", "append_const", "count", "help", "version",
)  # fmt: skip
_ACTIONS = ("store", "append", "extend", "parsers", *FLAGS)


class Action:
    def __init__(self, kind: str, option_strings: list[str], dest: str, **given: Any) -> None:
        self.kind = kind
        self.option_strings = option_strings
        self.dest = dest
        self.nargs = given.get("nargs")
        self.const = given.get("const")
        self.default = given.get("default")
        self.type = given.get("type")
        self.choices = given.get("choices")
        self.required = bool(given.get("required"))
        self.help: str | None = given.get("help")
        self.metavar = given.get("metavar")
        self.version = given.get("version")
        # Of subparsers: what the help says about each.
        self.subactions: list[Shown] = []

    def shown_name(self) -> str | None:
        if self.option_strings:
            return "/".join(self.option_strings)
        if self.metavar is not None and self.metavar != SUPPRESS:
            return str(self.metavar)
        if self.dest != SUPPRESS:
            return self.dest
        if self.choices:
            return "{" + ",".join([str(choice) for choice in self.choices]) + "}"
        return None

    def shown(self) -> Shown:
        made = Shown(self.option_strings, self.nargs, self.required, self.help)
        if isinstance(self.metavar, tuple):
            made.metavar = [str(name) for name in self.metavar]
        elif self.metavar is not None:
            made.metavar = [str(self.metavar)]
        elif self.choices is not None:
            made.metavar = ["{" + ",".join([str(choice) for choice in self.choices]) + "}"]
        else:
            made.metavar = [self.dest.upper() if self.option_strings else self.dest]
        made.default = self.default
        values: dict[str, Any] = {
            "dest": self.dest, "nargs": self.nargs, "const": self.const, "default": self.default,
            "required": self.required, "help": self.help, "metavar": self.metavar,
            "option_strings": self.option_strings,
        }  # fmt: skip
        values["type"] = self.type.__name__ if callable(self.type) else self.type
        values = {name: values[name] for name in values if values[name] != SUPPRESS}
        values["choices"] = None
        if self.choices is not None:
            values["choices"] = ", ".join([str(choice) for choice in self.choices])
        made.values = values
        made.subactions = self.subactions
        return made

    def value(self, text: str) -> Any:
        convert = self.type
        if convert is None:
            return text
        if not callable(convert):
            raise ArgumentError(self, f"{convert!r} is not callable")
        try:
            return convert(text)
        except ArgumentTypeError as error:
            raise ArgumentError(self, str(error)) from None
        except (TypeError, ValueError):
            name = convert.__name__
            raise ArgumentError(self, f"invalid {name} value: {text!r}") from None

    def check(self, value: Any) -> None:
        if self.choices is not None and value not in self.choices:
            shown = ", ".join([repr(choice) for choice in self.choices])
            raise ArgumentError(self, f"invalid choice: {value!r} (choose from {shown})")

    def values(self, texts: list[str]) -> Any:
        if self.nargs not in (PARSER, REMAINDER) and "--" in texts:
            texts.remove("--")
        if not texts and self.nargs == OPTIONAL:
            found = self.const if self.option_strings else self.default
            if isinstance(found, str):
                found = self.value(found)
                self.check(found)
            return found
        if not texts and self.nargs == ZERO_OR_MORE and not self.option_strings:
            found = self.default if self.default is not None else texts
            self.check(found)
            return found
        if len(texts) == 1 and self.nargs in (None, OPTIONAL):
            found = self.value(texts[0])
            self.check(found)
            return found
        every: list[Any] = [self.value(text) for text in texts]
        if self.nargs == PARSER:
            self.check(every[0])
        elif self.nargs != REMAINDER:
            for one in every:
                self.check(one)
        return every

    def least(self) -> int:
        """How many arguments it needs."""
        if self.nargs in (None, ONE_OR_MORE, PARSER):
            return 1
        return self.nargs if isinstance(self.nargs, int) else 0

    def most(self, room: int) -> int:
        """How many of so many arguments it takes at most."""
        if self.nargs is None or self.nargs == OPTIONAL:
            return min(room, 1)
        return min(room, self.nargs) if isinstance(self.nargs, int) else room

    def takes_all(self) -> bool:
        return self.nargs in (PARSER, REMAINDER)


class Option:
    def __init__(self, action: Action | None, text: str, value: str | None) -> None:
        self.action = action
        self.text = text
        self.value = value


def made(names: list[str], given: dict[str, Any], defaults: dict[str, Any], default: Any) -> Action:
    """The argument that `add_argument(*names, **given)` asks for."""
    kind = given.pop("action", "store")
    if not isinstance(kind, str):
        raise unknown("an action of a class")
    if kind not in _ACTIONS or kind == "parsers":
        raise ValueError(f'unknown action "{kind}"')
    is_option = bool(names) and names[0].startswith("-")
    if not is_option:
        dest = _dest_of_place(names, given, kind)
    else:
        dest = _dest_of_option(names, given)
    if "default" not in given:
        if dest in defaults:
            given["default"] = defaults[dest]
        elif default is not None:
            given["default"] = default
    nargs = given.get("nargs")
    if kind in FLAGS:
        for name in ("nargs", "type", "choices"):
            if name in given:
                raise TypeError(
                    f"_{_CLASSES[kind]}Action.__init__() got an unexpected keyword argument "
                    f"'{name}'"
                )
        given["nargs"] = 0
        if kind in ("store_true", "store_false"):
            given["const"] = kind == "store_true"
            if "default" not in given:
                given["default"] = kind == "store_false"
        elif kind in ("help", "version"):
            if "default" not in given:
                given["default"] = SUPPRESS
            if kind == "version" and given.get("help") is None:
                given["help"] = "show program's version number and exit"
    elif nargs == 0:
        raise ValueError(
            "nargs for store actions must be != 0; if you have nothing to store, actions "
            "such as store true or store const may be more appropriate"
            if kind == "store"
            else "nargs for append actions must be != 0; if arg strings are not supplying "
            "the value to append, the append const action may be more appropriate"
        )
    elif given.get("const") is not None and nargs != OPTIONAL and kind == "store":
        raise ValueError(f"nargs must be {OPTIONAL!r} to supply const")
    if "type" in given and given["type"] is not None and not callable(given["type"]):
        raise ValueError(f"{given['type']!r} is not callable")
    return Action(kind, names if is_option else [], dest, **given)


def _dest_of_place(names: list[str], given: dict[str, Any], kind: str) -> str:
    if len(names) > 1:
        raise ValueError(f"invalid option string {names[0]!r}: must start with a character '-'")
    if names and "dest" in given:
        raise ValueError("dest supplied twice for positional argument")
    if "required" in given:
        raise TypeError("'required' is an invalid argument for positionals")
    if kind in FLAGS:
        raise unknown(f"the action {kind} of an argument without a dash")
    nargs = given.get("nargs")
    given["required"] = nargs not in (OPTIONAL, ZERO_OR_MORE) or (
        nargs == ZERO_OR_MORE and "default" not in given
    )
    dest: str = names[0] if names else given["dest"]
    given.pop("dest", None)
    return dest


def _dest_of_option(names: list[str], given: dict[str, Any]) -> str:
    for name in names:
        if not name.startswith("-"):
            raise ValueError(f"invalid option string {name!r}: must start with a character '-'")
    dest = given.pop("dest", None)
    if dest is not None:
        return dest
    long = [name for name in names if name.startswith("--")]
    found = (long[0] if long else names[0]).lstrip("-")
    if not found:
        raise ValueError(f"dest= is required for options like {names[-1]!r}")
    return found.replace("-", "_")


def is_negative(text: str) -> bool:
    whole, point, part = text[1:].partition(".")
    if not text.startswith("-"):
        return False
    if not point:
        return whole.isdecimal()
    return (whole == "" or whole.isdecimal()) and part.isdecimal()


_CLASSES = {
    "store_const": "StoreConst", "store_true": "StoreTrue", "store_false": "StoreFalse",
    "append_const": "AppendConst", "count": "Count", "help": "Help", "version": "Version",
}  # fmt: skip
