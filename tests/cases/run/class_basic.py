"""A plain class: attributes, methods, class attributes, str and repr, identity."""


class Account:
    """A bank account."""

    bank = "First"
    count = 0

    def __init__(self, owner: str, balance: float = 0.0) -> None:
        self.owner = owner
        self.balance = balance
        self.log: list[str] = []
        Account.count += 1

    def deposit(self, amount: float) -> "Account":
        self.balance += amount
        self.log.append(f"deposit {amount:.2f}")
        return self

    def withdraw(self, amount: float) -> bool:
        if amount > self.balance:
            self.log.append("refused")
            return False
        self.balance -= amount
        self.log.append(f"withdraw {amount:.2f}")
        return True

    def transfer(self, other: "Account", amount: float) -> None:
        if self.withdraw(amount):
            other.deposit(amount)

    def __repr__(self) -> str:
        return f"Account({self.owner!r}, {self.balance})"

    def __str__(self) -> str:
        return f"{self.owner}: {self.balance:.2f}"


a = Account("Ann", 100.0)
b = Account("Bob")
a.deposit(50.0).deposit(25.5)
a.transfer(b, 60.0)
b.transfer(a, 1000.0)
print(a, b, [a, b], repr(a), f"{a} {b!r}")
print(a.log, b.log, Account.count, a.count, a.bank)
Account.bank = "Second"
b.bank = "Own"
print(a.bank, b.bank, Account.bank)
same = a
same.balance = 1.0
print(a.balance, same is a, a is b, a == b, a == same, a != b)
a.balance += 2
a.owner *= 2
print(a)
accounts = [Account(name, float(len(name))) for name in ("x", "yy", "zzz")]
accounts.sort(key=lambda acc: -acc.balance)
print(accounts, sum(acc.balance for acc in accounts), Account.count)
by_owner = {acc.owner: acc for acc in accounts}
by_owner["yy"].deposit(8.0)
print(accounts[1], max(accounts, key=lambda acc: acc.balance))
deposit = a.deposit
deposit(10.0)
print(a.balance, type(a).__name__, isinstance(a, Account), a.__class__ is Account)


class Empty:
    pass


e = Empty()
print(isinstance(e, Empty), e == e, e != Empty(), bool(e))
