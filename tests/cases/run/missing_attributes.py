"""`__getattr__`: what an instance answers for attributes that it lacks."""


class Target:
    def __init__(self):
        self.x = 3

    def hello(self, n, mark="!"):
        return "hello" * n + mark


class Proxy:
    def __init__(self, target):
        self._target = target
        self.calls = 0

    def __getattr__(self, name):
        self.calls += 1
        return getattr(self._target, name)


proxy = Proxy(Target())
print(proxy.x, proxy.hello(2), proxy.hello(1, mark="?"), proxy.calls)
print(hasattr(proxy, "x"), hasattr(proxy, "y"), getattr(proxy, "z", "none"))
try:
    proxy.nothing
except AttributeError as error:
    print(error)
try:
    proxy.nothing_at_all(1)
except AttributeError as error:
    print(error)


class Recorder:
    kind = "recorder"

    def __init__(self):
        self.seen = []

    def __getattr__(self, name):
        if name.startswith("get_"):
            return lambda: name[4:]
        if name.startswith("_"):
            raise AttributeError(f"no {name}")
        self.seen.append(name)
        return name.upper()

    def real(self):
        return self.virtual


class Below(Recorder):
    def __getattr__(self, name):
        if name == "special":
            return 42
        return super().__getattr__(name)


for thing in (Recorder(), Below()):
    print(thing.get_abc(), thing.kind, thing.real(), thing.special, thing.seen)
    try:
        print(thing._hidden)
    except AttributeError as error:
        print(error)
    thing.virtual = "set"
    print(thing.virtual, thing.real(), thing.seen)


class Lazy:
    def __init__(self, rows):
        self.rows = rows

    def __getattr__(self, name):
        if name != "total":
            raise AttributeError(name)
        print("computing")
        self.total = sum(self.rows)
        return self.total


lazy = Lazy([1, 2, 3])
print(lazy.total, lazy.total)
try:
    lazy.other
except AttributeError as error:
    print(type(error).__name__, error)


class Config:
    def __init__(self, **values):
        self._values = values

    def __getattr__(self, name):
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(f"no setting {name!r}") from None


config = Config(host="here", port=80)
print(config.host, config.port + 1)
try:
    config.user
except AttributeError as error:
    print(error)
mixed = [config, Target(), proxy]
print([getattr(each, "x", None) for each in mixed])


class Shown:
    def __init__(self, size):
        self.size = size

    @property
    def area(self):
        if self.size < 0:
            raise AttributeError("negative")
        return self.size**2

    @property
    def broken(self):
        raise ValueError("broken")

    def __getattr__(self, name):
        return f"no {name}"


for shown in (Shown(2), Shown(-1)):
    print(shown.area, shown.size, shown.other)
    try:
        print(shown.broken)
    except ValueError as error:
        print(error)
