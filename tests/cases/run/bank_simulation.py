"""A class-heavy program: accounts, transactions, errors and a report."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    DEPOSIT = "deposit"
    WITHDRAWAL = "withdrawal"
    TRANSFER = "transfer"


class InsufficientFunds(Exception):
    def __init__(self, account: Account, amount: int) -> None:
        super().__init__(f"{account.owner} has {account.balance}, needs {amount}")
        self.shortfall = amount - account.balance


@dataclass
class Transaction:
    kind: Kind
    amount: int
    note: str = ""


@dataclass
class Account:
    owner: str
    balance: int = 0
    history: list[Transaction] = field(default_factory=list)

    def deposit(self, amount: int, note: str = "") -> None:
        if amount <= 0:
            raise ValueError("amount must be positive")
        self.balance += amount
        self.history.append(Transaction(Kind.DEPOSIT, amount, note))

    def withdraw(self, amount: int) -> None:
        if amount > self.balance:
            raise InsufficientFunds(self, amount)
        self.balance -= amount
        self.history.append(Transaction(Kind.WITHDRAWAL, amount))


class Bank:
    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}
        self.failures: list[str] = []

    def open(self, owner: str, initial: int = 0) -> Account:
        account = Account(owner)
        if initial:
            account.deposit(initial, "initial")
        self._accounts[owner] = account
        return account

    def __getitem__(self, owner: str) -> Account:
        return self._accounts[owner]

    def transfer(self, source: str, target: str, amount: int) -> bool:
        try:
            self[source].withdraw(amount)
            self[target].deposit(amount, f"from {source}")
        except InsufficientFunds as e:
            self.failures.append(f"{e} (short {e.shortfall})")
            return False
        except KeyError as e:
            self.failures.append(f"no account {e}")
            return False
        return True

    @property
    def total(self) -> int:
        return sum(a.balance for a in self._accounts.values())


bank = Bank()
bank.open("ann", 100)
bank.open("bob")
for move in [("ann", "bob", 30), ("bob", "ann", 50), ("ann", "zed", 10), ("zed", "ann", 1)]:
    print(move, bank.transfer(*move), bank.total)
try:
    bank["ann"].deposit(-5)
except ValueError as e:
    print(e)
print(bank.failures)
for name in ("ann", "bob"):
    account = bank[name]
    print(f"{account.owner:<5}{account.balance:>6}")
    for t in account.history:
        print(f"  {t.kind.value:<10} {t.amount:>5} {t.note or '-'}")
print(bank["bob"])
