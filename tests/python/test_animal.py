"""What only Python has of Animal and Dog: real inheritance, subclasses with their own constructors, mix-ins, pickle."""

import copy
import gc
import inspect
import pickle
import traceback
import weakref
from abc import ABC, ABCMeta, abstractmethod
from collections.abc import Callable
from typing import Any

import pytest
from pairity import Animal, Dog, errors


class Puppy(Dog):
    """A subclass whose constructor takes something else, and which has an attribute."""

    toys: int

    def __init__(self, name: str, *, toys: int = 0) -> None:
        super().__init__(name, "puppy")
        self.toys = toys

    def speak(self) -> str:
        return super().speak().lower()


class Loud(Animal):
    """A mix-in that is an Animal: it calls whatever comes after it in the order of its subclasses."""

    def speak(self) -> str:
        return super().speak().upper() + "!"


class Counted:
    """A mix-in that is no Animal, and hands on what it does not know."""

    calls: int

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - whatever the next class takes
        super().__init__(*args, **kwargs)
        self.calls = 0

    def speak(self) -> str:
        self.calls += 1
        return super().speak()  # type: ignore[misc, no-any-return]  # the next class has it


class LoudDog(Loud, Dog):
    """Both of one base."""


class CountedPuppy(Counted, Puppy):
    """A mix-in before a class of three levels."""


def test_a_dog_is_an_animal() -> None:
    dog = Dog("Rex", "Collie")
    assert isinstance(dog, Animal)
    assert issubclass(Dog, Animal)
    assert Dog.__mro__ == (Dog, Animal, object)
    assert not isinstance(Animal("Rex"), Dog)
    assert (Animal.__module__, Dog.__module__) == ("pairity", "pairity")


def test_methods_of_the_base_are_those_of_the_dog() -> None:
    dog = Dog("Rex", "Collie")
    assert Animal.speak(dog) == "..."
    assert super(Dog, dog).speak() == "..."
    assert Animal.describe(dog) == "Rex says Woof!"
    assert "describe" not in vars(Dog)
    assert Dog.describe is Animal.describe
    with pytest.raises(TypeError, match=r"'pairity\.Dog'"):
        Dog.speak(Animal("Rex"))  # type: ignore[arg-type]  # it is wrong on purpose


def test_a_subclass_has_a_constructor_of_its_own() -> None:
    puppy = Puppy("Bit", toys=3)
    assert (puppy.name, puppy.breed, puppy.get_breed(), puppy.toys) == ("Bit", "puppy", "puppy", 3)
    assert puppy.describe() == "Bit says woof!"
    with pytest.raises(TypeError, match="toy"):
        Puppy("Bit", toy=3)  # type: ignore[call-arg]  # it is wrong on purpose


def test_the_constructors_take_names_as_keywords_and_nothing_else() -> None:
    assert repr(Dog(breed="Collie", name="Rex")) == "Dog(name='Rex', breed='Collie')"
    make: Any = Dog
    for arguments, options in [((), {}), (("Rex",), {}), (("Rex", "Collie", 1), {}), (("Rex",), {"bred": "Collie"})]:
        with pytest.raises(TypeError):
            make(*arguments, **options)
    assert str(inspect.signature(Dog)) == "(name, breed)"


def test_a_subclass_that_forgets_its_base_is_not_initialized() -> None:
    class Forgetful(Dog):
        def __init__(self) -> None:
            pass

    reads: tuple[Callable[[], str], ...] = (
        lambda: Forgetful().name,
        lambda: Forgetful().breed,
        Forgetful().speak,
        Forgetful().describe,
        lambda: repr(Forgetful()),
    )
    for read in reads:
        with pytest.raises(errors.InvalidState, match=r"^(Animal|Dog) is not initialized$"):
            read()


def test_a_second_init_makes_it_another_animal_as_with_any_class() -> None:
    dog = Dog("Rex", "Collie")
    dog.__init__("Max", "Pug")  # type: ignore[misc]  # what the test is about
    assert repr(dog) == "Dog(name='Max', breed='Pug')"
    assert dog.describe() == "Max says Woof!"
    with pytest.raises(errors.InvalidType):
        dog.__init__("Tom", 1)  # type: ignore[misc]  # what the test is about
    assert repr(dog) == "Dog(name='Max', breed='Pug')"


def test_mix_ins_stand_in_the_order_of_their_classes() -> None:
    dog = LoudDog("Rex", "Collie")
    assert [cls.__name__ for cls in LoudDog.__mro__] == ["LoudDog", "Loud", "Dog", "Animal", "object"]
    assert dog.describe() == "Rex says WOOF!!"
    puppy = CountedPuppy("Bit", toys=2)
    assert (puppy.describe(), puppy.describe()) == ("Bit says woof!", "Bit says woof!")
    assert (puppy.calls, puppy.toys, puppy.breed) == (2, 2, "puppy")


def test_an_abstract_base_and_a_metaclass_go_together_with_a_native_class() -> None:
    class Trained(ABC):
        @abstractmethod
        def trick(self) -> str:
            """What it can do."""

    class TrainedDog(Dog, Trained):
        def trick(self) -> str:
            return f"{self.describe()} and rolls over"

    assert type(TrainedDog) is ABCMeta
    assert TrainedDog("Rex", "Collie").trick() == "Rex says Woof! and rolls over"

    class Untrained(Dog, Trained):
        pass

    # The abstract methods of a class are checked by `object.__new__`, which a native class does not call.
    assert Untrained.__abstractmethods__ == {"trick"}


def test_an_override_may_be_anything_that_can_be_called() -> None:
    class Static(Animal):
        @staticmethod
        def speak() -> str:
            return "static"

    class Class(Animal):
        @classmethod
        def speak(cls) -> str:
            return cls.__name__

    class Text(Animal):
        speak = "no method"  # type: ignore[assignment]  # what the test is about

    animal = Static("a")
    assert animal.describe() == "a says static"
    assert Class("b").describe() == "b says Class"
    animal.speak = lambda: "its own"  # type: ignore[method-assign]  # what the test is about
    assert animal.describe() == "a says its own"
    with pytest.raises(errors.InvalidType, match=r"^speak must be a function, got a string$"):
        Text("c").describe()


def test_what_an_override_raises_has_its_traceback_and_its_cause() -> None:
    class Hoarse(Dog):
        def speak(self) -> str:
            try:
                return {"bark": "Woof"}["voice"]
            except KeyError as cause:
                raise LookupError("no voice") from cause

    with pytest.raises(LookupError, match="no voice") as raised:
        Hoarse("Rex", "Collie").describe()
    assert [frame.name for frame in traceback.extract_tb(raised.value.__traceback__)][-1] == "speak"
    assert isinstance(raised.value.__cause__, KeyError)


@pytest.mark.parametrize("thrown", [KeyboardInterrupt(), SystemExit(3), StopIteration()])
def test_any_exception_passes_through_describe(thrown: BaseException) -> None:
    class Throwing(Animal):
        def speak(self) -> str:
            raise thrown

    with pytest.raises(type(thrown)) as raised:
        Throwing("Rex").describe()
    assert raised.value is thrown


def test_endless_recursion_is_a_recursion_error_and_the_animal_lives_on() -> None:
    class Endless(Dog):
        def speak(self) -> str:
            return self.describe()

    endless = Endless("Rex", "Collie")
    for _ in range(3):
        with pytest.raises(RecursionError):
            endless.describe()
    assert endless.breed == "Collie"


def test_an_override_of_another_kind_of_text_is_no_text() -> None:
    class Text(str):
        __slots__ = ()

    class Fine(Animal):
        def speak(self) -> str:
            return Text("Moo")

    class Coroutine(Animal):
        async def speak(self) -> str:  # type: ignore[override]  # what the test is about
            return "Moo"

    assert Fine("Bella").describe() == "Bella says Moo"
    with pytest.warns(RuntimeWarning, match="never awaited"), pytest.raises(errors.InvalidType, match="got an object"):
        Coroutine("Bella").describe()


def test_an_animal_may_be_gone_while_it_speaks() -> None:
    class Leaving(Animal):
        def speak(self) -> str:
            animals.clear()
            gc.collect()
            return "bye"

    animals = [Leaving("Rex")]
    assert animals.pop().describe() == "Rex says bye"


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickle_and_copy_keep_the_class_and_its_attributes(protocol: int) -> None:
    for original in (Animal("Zoë"), Dog("Rex\0", "Collie"), Puppy("Bit", toys=3), CountedPuppy("Bit", toys=3)):
        for restored in (
            pickle.loads(pickle.dumps(original, protocol)),
            copy.copy(original),
            copy.deepcopy(original),
        ):
            assert type(restored) is type(original)
            assert (repr(restored), restored.to_dict()) == (repr(original), original.to_dict())
            assert getattr(restored, "__dict__", None) == getattr(original, "__dict__", None)


def test_weak_references_and_equality_are_by_identity() -> None:
    dog, twin = Dog("Rex", "Collie"), Dog("Rex", "Collie")
    assert dog != twin
    assert len({dog, twin, dog}) == 2
    kept = weakref.ref(dog)
    assert kept() is dog
    del dog
    gc.collect()
    assert kept() is None


def test_a_subclass_in_a_cycle_is_collected() -> None:
    puppy = Puppy("Bit")
    puppy.speak = puppy.describe  # type: ignore[method-assign]  # a cycle through the dict
    kept = weakref.ref(puppy)
    del puppy
    gc.collect()
    assert kept() is None


def test_patterns_match_name_and_breed() -> None:
    match Dog("Rex", "Collie"):
        case Dog(name, breed):
            assert (name, breed) == ("Rex", "Collie")
    match Dog("Rex", "Collie"):
        case Animal(name):
            assert name == "Rex"


def test_an_animal_has_no_attributes_of_its_own_and_a_subclass_has() -> None:
    animals: list[tuple[Animal, str]] = [(Animal("Rex"), "age"), (Dog("Rex", "Collie"), "name")]
    for animal, attribute in animals:
        with pytest.raises(AttributeError):
            setattr(animal, attribute, "3")
    puppy = Puppy("Bit")
    puppy.toys = 4
    assert vars(puppy) == {"toys": 4}
