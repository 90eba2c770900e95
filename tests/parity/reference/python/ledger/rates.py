"""A submodule of the reference library: a function, a class, and what it repeats from above."""

from ledger import I64, Ledger, TooLarge, _integer, _text

__all__ = ["Ledger", "Rate", "convert"]


class Rate:
    """A named rate."""

    def __init__(self, name: str, percent: int = 100) -> None:
        self._name = _text(name)
        self._percent = _integer(percent)

    @property
    def name(self) -> str:
        return self._name

    def applied(self, amount: int) -> int:
        return convert(amount, self._percent)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rate) and (self._name, self._percent) == (other._name, other._percent)

    __hash__ = None

    def __repr__(self) -> str:
        return f"Rate({self._percent})"


def convert(amount: int, percent: int) -> int:
    amount, percent = _integer(amount), _integer(percent)
    if amount * percent not in I64:
        raise TooLarge("the product is too large", "ERR_OVERFLOW")
    return amount * percent
