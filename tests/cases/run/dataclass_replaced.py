"""dataclasses.replace of fields that __init__ alone takes, or does not take."""

from dataclasses import InitVar, dataclass, field, replace


@dataclass
class Box:
    width: int
    scale: InitVar[int]
    area: int = field(init=False, default=0)

    def __post_init__(self, scale):
        self.area = self.width * scale


box = Box(2, 3)
print(box, replace(box, width=5, scale=2), replace(box, scale=1))
for change in (lambda: replace(box, width=4), lambda: replace(box, scale=1, area=4)):
    try:
        print(change())
    except ValueError as error:
        print(error)
