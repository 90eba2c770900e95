"""`MyList`, a list of any values; its types stand in the stub beside."""

from collections.abc import MutableSequence

from pairity._native import MyList

__all__ = ["MyList"]

MutableSequence.register(MyList)
