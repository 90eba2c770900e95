"""A reference library in plain Python; its twin in JavaScript does the same. Mutants of the pair must be found."""

from collections.abc import Callable, Iterator

I64 = range(-(2**63), 2**63)


class LedgerError(Exception):
    """An error of the library, with a stable code."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


class BadValue(LedgerError, ValueError):
    """A value of the right type that is not acceptable."""


class TooLarge(LedgerError, OverflowError):
    """A sum that does not fit in 64 bits."""


def _integer(value: object) -> int:
    if type(value) is not int:
        raise TypeError("must be an integer")
    if value not in I64:
        raise TypeError("must fit in 64 bits")
    return value


def _number(value: object) -> float:
    if type(value) not in (int, float):
        raise TypeError("must be a number")
    return float(value)


def _text(value: object) -> str:
    if type(value) is not str:
        raise TypeError("must be a string")
    value.encode()
    return value


def _boolean(value: object) -> bool:
    if type(value) is not bool:
        raise TypeError("must be a boolean")
    return value


class Ledger:
    """A sum with a label."""

    def __init__(self, balance: int = 0, *, label: str = "") -> None:
        self._balance = _integer(balance)
        self._label = _text(label)
        self._deposits = 0

    @property
    def balance(self) -> int:
        return self._balance

    @property
    def label(self) -> str:
        return self._label

    @label.setter
    def label(self, value: str) -> None:
        self._label = _text(value)

    def deposit(self, amount: int) -> int:
        total = self._balance + _integer(amount)
        if total not in I64:
            raise TooLarge("the sum is too large", "ERR_OVERFLOW")
        self._balance = total
        self._deposits += 1
        return total

    def withdraw(self, amount: int, *, force: bool = False) -> int:
        amount = _integer(amount)
        force = _boolean(force)
        if amount > self._balance and not force:
            raise BadValue("not enough", "ERR_VALUE") from KeyError("balance")
        return self.deposit(max(-(2**63) + 1, -amount))

    def scale(self, factor: float) -> float:
        return len(self._label) * _number(factor)

    def describe(self, ratio: float) -> str:
        return f"ratio {_number(ratio)!r}"

    def counts(self) -> dict[str, int]:
        return {"deposits": self._deposits, "characters": len(self._label), "zero": 0}

    def history(self) -> list[int]:
        return list(range(self._deposits))

    def find(self, word: str) -> str | None:
        word = _text(word)
        return word if word in self._label else None

    def echo(self, text: str) -> str:
        if type(text) is not str:
            raise TypeError("must be a string")
        return text

    def itself(self) -> "Ledger":
        return self

    def settle(self, amounts: list[int]) -> int:
        if type(amounts) is not list:
            raise TypeError("must be a list")
        for amount in amounts:
            _integer(amount)
        return len(amounts)

    def each(self, callback: Callable[[int], None]) -> int:
        if not callable(callback):
            raise TypeError("must be a function")
        for index in range(3):
            callback(index)
        return 3

    async def wait(self, rounds: int) -> int:
        return _integer(rounds) % 7

    def __repr__(self) -> str:
        return f"Ledger({len(self._label)})"


class Token:
    """A text that can be compared and hashed."""

    def __init__(self, text: str) -> None:
        self._text = _text(text)

    @property
    def text(self) -> str:
        return self._text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Token) and self._text == other._text

    def __hash__(self) -> int:
        return len(self._text)

    def __repr__(self) -> str:
        return f"Token({len(self._text)})"


class Steps:
    """Counts from zero to a limit, once."""

    def __init__(self, count: int) -> None:
        self._count = min(_integer(count), 50)
        self._at = 0

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        if self._at >= self._count:
            raise StopIteration
        self._at += 1
        return self._at - 1


class Drawer:
    """Is open until its scope ends."""

    def __init__(self) -> None:
        self._state = "open"

    def __enter__(self) -> "Drawer":
        return self

    def __exit__(self, *_: object) -> None:
        self._state = "closed"

    def __repr__(self) -> str:
        return f"Drawer({self._state})"


class Vault:
    """Is open until its asynchronous scope ends."""

    def __init__(self) -> None:
        self._state = "open"

    async def __aenter__(self) -> "Vault":
        return self

    async def __aexit__(self, *_: object) -> None:
        self._state = "closed"

    def __repr__(self) -> str:
        return f"Vault({self._state})"
