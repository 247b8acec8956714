"""The shelf: what is there, what it costs, and taking orders from it."""

from shop.model import Order, OutOfStock, Product, UnknownProduct
from shop.money import percent_of


class Stock:
    """Products by code with their counts. Orders are taken whole or not at all."""

    def __init__(self) -> None:
        self.products: dict[str, Product] = {}
        self.counts: dict[str, int] = {}
        self.sold: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.products)

    def __contains__(self, code: str) -> bool:
        return code in self.products

    def add(self, product: Product, count: int) -> None:
        """Put pieces on the shelf."""
        self.products[product.code] = product
        self.counts[product.code] = self.counts.get(product.code, 0) + count

    def find(self, code: str) -> Product:
        """The product, or UnknownProduct."""
        try:
            return self.products[code]
        except KeyError:
            raise UnknownProduct(code) from None

    def check(self, order: Order) -> None:
        """Raise if the order cannot be served as a whole."""
        wanted: dict[str, int] = {}
        for line in order.lines:
            self.find(line.code)
            wanted[line.code] = wanted.get(line.code, 0) + line.count
        for code, count in wanted.items():
            if count > self.counts[code]:
                raise OutOfStock(code, count, self.counts[code])

    def take(self, order: Order) -> int:
        """Serve an order and return its price in cents, discount included."""
        self.check(order)
        total = 0
        for line in order.lines:
            product = self.products[line.code]
            self.counts[line.code] -= line.count
            self.sold[line.code] = self.sold.get(line.code, 0) + line.count
            total += product.price_cents * line.count
        return total - discount(total, order.pieces())

    def tagged(self, tag: str) -> list[Product]:
        """The products with a tag, cheapest first."""
        found = [product for product in self.products.values() if product.has_tag(tag)]
        return sorted(found, key=lambda product: (product.price_cents, product.name))

    def value(self) -> int:
        """What lies on the shelf, in cents."""
        return sum(self.products[code].price_cents * n for code, n in self.counts.items())


def discount(total: int, pieces: int) -> int:
    """Ten pieces or more: 5 %; above 100.00: 10 %; never both.

    >>> discount(20000, 50), discount(5000, 10), discount(5000, 9)
    (2000, 250, 0)
    """
    if total > 10_000:
        return percent_of(total, 10)
    if pieces >= 10:
        return percent_of(total, 5)
    return 0
