class Plugin:
    registry = []
    def __init_subclass__(cls, /, name=None, **kw):
        super().__init_subclass__(**kw)
        cls.name = name or cls.__name__.lower()
        Plugin.registry.append(cls)
class A(Plugin): pass
class B(Plugin, name="bee"):
    def run(self): return "B runs"
print([p.name for p in Plugin.registry])
print([p.__name__ for p in Plugin.registry])
for p in Plugin.registry:
    print(p().name)


class Shape:
    kinds = {}
    def __init_subclass__(cls, /, sides=0, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.sides = sides
        cls.label = f"{cls.__name__}/{sides}"
        Shape.kinds[sides] = cls
    def told(self):
        return f"{self.label} has {self.sides}"


class Square(Shape, sides=4):
    pass


class Rect(Square, sides=44):
    def told(self):
        return "rect: " + super().told()


class Dot(Shape):
    pass


for kind in (Square, Rect, Dot):
    print(kind.sides, kind.label, kind().told())
for sides, kind in sorted(Shape.kinds.items()):
    print(sides, kind.__name__, kind.label)
try:
    class Wrong(Shape, colour=1):
        pass
except TypeError as e:
    print(e)
