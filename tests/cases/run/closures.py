"""Closures capture variables, not values; nonlocal rebinding; nested scopes."""


def make_counter(start: int = 0):
    count = start

    def increment(by: int = 1) -> int:
        nonlocal count
        count += by
        return count

    return increment


def make_account(balance: float):
    history: list[str] = []

    def deposit(amount: float) -> float:
        nonlocal balance
        balance += amount
        history.append(f"+{amount}")
        return balance

    def withdraw(amount: float) -> float:
        nonlocal balance
        if amount > balance:
            raise ValueError(f"insufficient funds: {balance} < {amount}")
        balance -= amount
        history.append(f"-{amount}")
        return balance

    def report() -> str:
        return f"{balance} {' '.join(history)}"

    return deposit, withdraw, report


a = make_counter()
b = make_counter(10)
print(a(), a(), b(), a(5), b(2))
deposit, withdraw, report = make_account(100.0)
deposit(50.0)
print(withdraw(30.0), report())
try:
    withdraw(1000.0)
except ValueError as e:
    print(e)
print(report())


def outer():
    x = "outer"

    def middle():
        def inner():
            nonlocal x
            x = "changed by inner"

        inner()
        return x

    before = x
    result = middle()
    return before, result, x


print(outer())


def loop_capture():
    fs = []
    for i in range(3):

        def show():
            return i * 10

        fs.append(show)
    i = 7
    return [f() for f in fs]


print(loop_capture())


def later():
    def use():
        return value

    value = 1
    first = use()
    value = 2
    return first, use()


print(later())


def memo_fib():
    cache: dict[int, int] = {}

    def fib(n: int) -> int:
        if n < 2:
            return n
        if n not in cache:
            cache[n] = fib(n - 1) + fib(n - 2)
        return cache[n]

    return fib


print(memo_fib()(80))
