"""Orders as text: `customer: code*count, code, …`, a line each."""

from shop.model import Line, Order, ShopError


class BadLine(ShopError):
    """A line that is no order; says which."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(f"line {number}: {why}")
        self.number = number


def parse_item(text: str) -> Line:
    """One item of an order.

    >>> parse_item(" A1*3 ")
    Line(code='A1', count=3)
    >>> parse_item("b2").code
    'B2'
    >>> parse_item("A1*x")
    Traceback (most recent call last):
    ValueError: invalid literal for int() with base 10: 'x'
    """
    code, star, count = text.strip().partition("*")
    if not code.isalnum():
        raise ValueError(f"bad code {code!r}")
    pieces = int(count) if star else 1
    if pieces <= 0:
        raise ValueError("a count must be positive")
    return Line(code.upper(), pieces)


def parse_orders(text: str) -> tuple[list[Order], list[str]]:
    """All orders of a text, and what was wrong with the lines that are none."""
    orders: list[Order] = []
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        try:
            orders.append(parse_order(number, line))
        except BadLine as error:
            problems.append(str(error))
    return orders, problems


def parse_order(number: int, line: str) -> Order:
    """One order; BadLine if it is none."""
    if ":" not in line:
        raise BadLine(number, "no customer")
    customer, items = line.split(":", 1)
    try:
        lines = [parse_item(item) for item in items.split(",")]
    except ValueError as error:
        raise BadLine(number, str(error)) from error
    return Order(customer.strip().title(), lines)
