/** How Python writes the data-model methods: `__add__` is `+`, `__len__` is `len()`. */

/** Operators between two objects. */
export const BINARY: Readonly<Record<string, string>> = {
  __add__: "+",
  __sub__: "-",
  __mul__: "*",
  __truediv__: "/",
  __floordiv__: "//",
  __mod__: "%",
  __pow__: "**",
  __and__: "&",
  __or__: "|",
  __xor__: "^",
  __matmul__: "@",
  __eq__: "==",
  __ne__: "!=",
  __lt__: "<",
  __le__: "<=",
  __gt__: ">",
  __ge__: ">=",
};
/** Operators before one object. */
export const UNARY: Readonly<Record<string, string>> = { __neg__: "-", __pos__: "+", __invert__: "~" };
/** Operators that change their left side. */
export const IN_PLACE: Readonly<Record<string, string>> = {
  __iadd__: "+=",
  __isub__: "-=",
  __imul__: "*=",
  __itruediv__: "/=",
};
/** Built-in functions that ask an object. */
export const FUNCTIONS: Readonly<Record<string, string>> = {
  __str__: "str",
  __repr__: "repr",
  __hash__: "hash",
  __len__: "len",
  __abs__: "abs",
  __bool__: "bool",
  __int__: "int",
  __float__: "float",
  __bytes__: "bytes",
  __next__: "next",
  __reversed__: "reversed",
};
