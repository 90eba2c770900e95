"""What Python can declare in a class body: a data descriptor and a metaclass with the library's checks, and hooks.

TypeScript has decorators for all of them: `pairity/decorators`.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, Self, TypeVar, overload

__all__ = ["Registered", "Validated", "hook"]

_Given = TypeVar("_Given", contravariant=True)
_Kept = TypeVar("_Kept", covariant=True)
_Method = TypeVar("_Method", bound=Callable[..., object])

MARK = "__pairity_hooks__"
"""The attribute of a method that holds the hooks which it offers."""


def hook(
    name: str, *, priority: int = 0, before: str | Sequence[str] = (), after: str | Sequence[str] = ()
) -> Callable[[_Method], _Method]:
    """Mark a method of a plugin as its hook `name`, which `PluginManager.call_hook` calls.

    Plugins with a higher priority are called earlier. `before` and `after` name plugins that are called after and
    before this one, whatever their priorities. A plugin without marks may have an attribute `hooks`, which means the
    same.

    >>> from pairity import Plugin, PluginManager
    >>> class Shout(Plugin):
    ...     @hook("greet", priority=10)
    ...     def greet(self, name):
    ...         return f"HELLO {name}"
    >>> with PluginManager() as manager:
    ...     manager.register(Shout("shout", "1.0.0"))
    ...     manager.call_hook("greet", "Ada")
    ['HELLO Ada']
    """

    def mark(method: _Method) -> _Method:
        description = {"priority": priority, "before": before, "after": after}
        # On a function of another class as well: a list of its own.
        setattr(method, MARK, [*getattr(method, MARK, ()), (name, description)])
        return method

    return mark


class Validated(Generic[_Given, _Kept]):
    """An attribute whose values go through a function, which returns what is kept or raises.

    A class of the library is such a function, so its rules and errors hold for the attribute. What it raises passes
    through unchanged, and the old value stays. Before the first assignment the attribute is not there.

    >>> from pairity import Temperature
    >>> class Oven:
    ...     target = Validated(Temperature)
    >>> oven = Oven()
    >>> oven.target = 180
    >>> oven.target
    Temperature(celsius=180.0)
    """

    def __init__(self, convert: Callable[[_Given], _Kept]) -> None:
        """Create an attribute that keeps what `convert` returns."""
        self._convert = convert
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        """Remember the name by which the class knows the attribute."""
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type, /) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type, /) -> _Kept: ...
    def __get__(self, instance: object | None, owner: type, /) -> Self | _Kept:
        """Return the value, or of the class the descriptor itself.

        Raises `AttributeError` when nothing was assigned.
        """
        if instance is None:
            return self
        try:
            kept: _Kept = vars(instance)[self._name]
        except KeyError:
            raise AttributeError(name=self._name, obj=instance) from None
        return kept

    def __set__(self, instance: object, value: _Given, /) -> None:
        """Keep what the function makes of the value."""
        # In the instance's own dict, so that pickle and copies take it along; a data descriptor is asked before that.
        vars(instance)[self._name] = self._convert(value)

    def __delete__(self, instance: object, /) -> None:
        """Forget the value.

        Raises `AttributeError` when nothing was assigned.
        """
        if vars(instance).pop(self._name, self) is self:
            raise AttributeError(name=self._name, obj=instance)


class Registered(type):
    """The type of a family of classes that is known by name: the first class, and everything that derives from it.

    The first class is no member of its family; iterating over it yields the names in the order of their definition.

    >>> class Shape(metaclass=Registered):
    ...     pass
    >>> class Circle(Shape):
    ...     pass
    >>> Shape["Circle"] is Circle, list(Shape), "Square" in Shape
    (True, ['Circle'], False)
    """

    _family: dict[str, "Registered"]

    def __init__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, object]) -> None:
        """Found a family, or join that of the first base that has one.

        Raises `TypeError` when the family has a class of that name.
        """
        super().__init__(name, bases, namespace)
        family = next((base._family for base in bases if isinstance(base, Registered)), None)
        cls._family = {} if family is None else family
        if family is not None and cls._family.setdefault(name, cls) is not cls:
            raise TypeError(f"class {name!r} is already registered")

    def __getitem__(cls, name: str) -> "Registered":
        """Return the class of that name; raises `KeyError`."""
        return cls._family[name]

    def __contains__(cls, name: object) -> bool:
        """Return whether the family has a class of that name."""
        return name in cls._family

    def __iter__(cls) -> Iterator[str]:
        """Iterate over the names."""
        return iter(tuple(cls._family))

    def __len__(cls) -> int:
        """Return how many classes the family has."""
        return len(cls._family)
