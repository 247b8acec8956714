"""What the shop talks about: products, order lines, orders, and what can go wrong."""

from dataclasses import dataclass, field


class ShopError(Exception):
    """Anything that the shop refuses."""


class UnknownProduct(ShopError):
    """An order names a product that is not sold here."""

    def __init__(self, code: str) -> None:
        super().__init__(f"unknown product {code!r}")
        self.code = code


class OutOfStock(ShopError):
    """An order asks for more than there is."""

    def __init__(self, code: str, wanted: int, available: int) -> None:
        super().__init__(f"{code}: wanted {wanted}, only {available} left")
        self.missing = wanted - available


@dataclass
class Product:
    """Prices are whole cents, so that sums are exact."""

    code: str
    name: str
    price_cents: int
    weight_kg: float = 0.0
    tags: list[str] = field(default_factory=list)

    def has_tag(self, tag: str) -> bool:
        """Whether the product carries a tag, whatever its case.

        >>> Product("A1", "Apple", 30, 0.2, ["Fruit"]).has_tag("fruit")
        True
        """
        return tag.lower() in [known.lower() for known in self.tags]


@dataclass
class Line:
    """A number of pieces of one product."""

    code: str
    count: int


@dataclass
class Order:
    """What one customer wants, in the order of asking."""

    customer: str
    lines: list[Line]

    def pieces(self) -> int:
        """How many pieces the order asks for.

        >>> Order("Ada", [Line("A1", 3), Line("B2", 1)]).pieces()
        4
        """
        return sum(line.count for line in self.lines)
