"""property with setter and deleter, staticmethod, classmethod, alternative constructors."""


class Temperature:
    scale = "C"
    _instances = 0

    def __init__(self, degrees: float) -> None:
        self.degrees = degrees
        Temperature._instances += 1

    @property
    def degrees(self) -> float:
        return self._degrees

    @degrees.setter
    def degrees(self, value: float) -> None:
        if value < -273.15:
            raise ValueError(f"below absolute zero: {value}")
        self._degrees = value

    @property
    def fahrenheit(self) -> float:
        """Degrees Fahrenheit."""
        return self._degrees * 9 / 5 + 32

    @fahrenheit.setter
    def fahrenheit(self, value: float) -> None:
        self.degrees = (value - 32) * 5 / 9

    @classmethod
    def from_fahrenheit(cls, f: float) -> "Temperature":
        return cls((f - 32) * 5 / 9)

    @classmethod
    def count(cls) -> int:
        return cls._instances

    @staticmethod
    def valid(value: float) -> bool:
        return value >= -273.15

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.degrees:.1f}{self.scale})"


class Kelvinish(Temperature):
    scale = "K"

    @property
    def fahrenheit(self):
        return -1.0


t = Temperature(25)
print(t, t.degrees, t.fahrenheit, Temperature.valid(-300), t.valid(0))
t.degrees = 30
t.degrees += 5
t.fahrenheit = 50
print(t, t.degrees)
for value in (-300, -273.15):
    try:
        t.degrees = value
        print("set", t)
    except ValueError as e:
        print(e)
try:
    Temperature(-1000)
except ValueError as e:
    print(e)
k = Kelvinish.from_fahrenheit(212)
print(k, k.fahrenheit, isinstance(k, Temperature), Kelvinish.count(), Temperature.count())
try:
    k.fahrenheit = 3
except AttributeError as e:
    print(type(e).__name__)


class Lazy:
    def __init__(self, n):
        self.n = n
        self._value = None
        self.computed = 0

    @property
    def value(self):
        if self._value is None:
            self.computed += 1
            self._value = sum(range(self.n))
        return self._value


lazy = Lazy(100)
print(lazy.computed, lazy.value, lazy.value, lazy.computed)
print([Temperature.from_fahrenheit(f) for f in (32, 451)], Temperature.fahrenheit.__doc__)
