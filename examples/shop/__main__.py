"""One day in the shop."""

from shop.model import Order, OutOfStock, Product, ShopError
from shop.money import compound, euros, split
from shop.parsing import parse_orders
from shop.statistics import deviation, histogram, mean, median
from shop.stock import Stock

ORDERS = """
# customer: items
ada lovelace: A1*10, B2
grace hopper: c3*2, a1
alan turing: B2*500
nobody
kurt gödel: Z9
edsger dijkstra: D4*3, A1*x
barbara liskov: d4*12, c3*1
ada lovelace: C3
"""


def fill(stock: Stock) -> None:
    stock.add(Product("A1", "Apple", 35, 0.182, ["Fruit", "fresh"]), 120)
    stock.add(Product("B2", "Bread", 420, 0.75, ["fresh"]), 14)
    stock.add(Product("C3", "Coffee grinder", 8_950, 2.4), 3)
    stock.add(Product("D4", "Dates, dried", 625, 0.5, ["FRUIT"]), 40)


def serve(stock: Stock, orders: list[Order]) -> dict[str, int]:
    """Take what can be taken; the customers' bills in cents."""
    bills: dict[str, int] = {}
    for order in orders:
        try:
            price = stock.take(order)
        except OutOfStock as error:
            print(f"  {order.customer:<18} refused: {error} (missing {error.missing})")
        except ShopError as error:
            print(f"  {order.customer:<18} refused: {error}")
        else:
            bills[order.customer] = bills.get(order.customer, 0) + price
            print(f"  {order.customer:<18}{euros(price):>12}")
    return bills


def show_stock(stock: Stock) -> None:
    print(f"{'code':<6}{'name':<16}{'left':>6}{'sold':>6}{'kg':>10}")
    for code, product in stock.products.items():
        left = stock.counts[code]
        sold = stock.sold.get(code, 0)
        print(f"{code:<6}{product.name:<16}{left:>6}{sold:>6}{left * product.weight_kg:>10.3f}")


def main() -> None:
    stock = Stock()
    fill(stock)
    print(f"{len(stock)} products worth {euros(stock.value())}")
    print("fruit:", ", ".join(product.name for product in stock.tagged("fruit")))

    orders, problems = parse_orders(ORDERS)
    print(f"{len(orders)} orders, {len(problems)} problems")
    for problem in problems:
        print("  !", problem)
    bills = serve(stock, orders)
    show_stock(stock)

    amounts = [cents / 100 for cents in bills.values()]
    print(f"mean {mean(amounts):.2f}, median {median(amounts)!r}, sd {deviation(amounts):.4f}")
    print("shares:", [euros(part) for part in split(sum(bills.values()), 3)])
    print("words:", histogram("the cat and the dog and the bird".split()))
    print("in a century:", euros(compound(sum(bills.values()), 7, 100)))
    assert "A1" in stock and "Z9" not in stock
    assert sum(bills.values()) == sum(split(sum(bills.values()), 7))


if __name__ == "__main__":
    main()
