/**
 * The protocol table: what a Python data-model method is called in TypeScript, for every library alike.
 * The first name that a Node class has wins.
 */
export const PROTOCOLS: Readonly<Record<string, readonly string[]>> = {
  __str__: ["toString"],
  __repr__: ["@@inspect"],
  __eq__: ["equals", "isEqual", "eq"],
  __lt__: ["compareTo", "compare", "cmp"],
  __le__: ["compareTo", "compare", "cmp"],
  __gt__: ["compareTo", "compare", "cmp"],
  __ge__: ["compareTo", "compare", "cmp"],
  __hash__: ["hashCode", "hash"],
  __add__: ["add", "plus", "concat"],
  __sub__: ["sub", "subtract", "minus"],
  __mul__: ["scale", "mul", "multiply", "times", "repeat"],
  __truediv__: ["div", "divide"],
  __mod__: ["mod", "rem"],
  __pow__: ["pow"],
  __neg__: ["neg", "negate"],
  __pos__: ["pos"],
  __abs__: ["abs"],
  __invert__: ["not", "invert"],
  __and__: ["and", "intersection"],
  __or__: ["or", "union"],
  __xor__: ["xor", "symmetricDifference"],
  __iadd__: ["addAssign"],
  __isub__: ["subAssign"],
  __imul__: ["mulAssign", "scaleAssign", "repeatAssign"],
  __itruediv__: ["divAssign"],
  __iter__: ["@@iterator"],
  __reversed__: ["reversed"],
  __next__: ["next"],
  __aiter__: ["@@asyncIterator"],
  __anext__: ["next"],
  __len__: ["length", "size", "len"],
  __getitem__: ["at", "get"],
  __setitem__: ["set"],
  __delitem__: ["delete", "remove"],
  __contains__: ["includes", "has", "contains"],
  // `using` has no enter and does not see what was thrown: what a scope does with either takes the scope as a callback.
  __enter__: ["scope"],
  __exit__: ["@@dispose"],
  __aexit__: ["@@asyncDispose"],
  __copy__: ["clone", "copy"],
  __float__: ["@@toPrimitive", "valueOf"],
  __int__: ["valueOf"],
  __bytes__: ["toBytes", "toBuffer"],
  __call__: ["call"],
};

/** What every object of JavaScript has in place of a protocol that its class does not define. */
export const INHERITED: Readonly<Record<string, string>> = { __eq__: "===", __str__: "toString" };

/** Protocols of an object alone: no method that needs arguments is their counterpart. */
export const UNARY: ReadonlySet<string> = new Set([
  ...["__str__", "__repr__", "__hash__", "__neg__", "__pos__", "__abs__", "__invert__", "__len__", "__copy__"],
  ...["__iter__", "__reversed__", "__next__", "__aiter__", "__anext__", "__int__", "__bytes__"],
]);

/** Serialising is named differently by custom: a dict is what `JSON.stringify` asks `toJSON` for. */
export const SERIALISING: Readonly<Record<string, readonly string[]>> = {
  to_dict: ["toJSON", "toObject", "toDict"],
  from_dict: ["fromJSON", "fromObject", "fromDict"],
  to_json: ["toJSONString", "toJson", "toJSON"],
  from_json: ["fromJSONString", "fromJson", "fromJSON"],
};

/**
 * What Python derives from another method where a class does not define it: `copy.copy` uses pickling, `str` uses
 * `repr`, `for` uses indices.
 */
export const DERIVED: Readonly<Record<string, readonly string[]>> = {
  __str__: ["__repr__"],
  __copy__: ["__reduce__", "__reduce_ex__", "__getstate__", "__getnewargs__"],
  __iter__: ["__getitem__"],
};

/** Members that only Python can have, each with the reason that makes it no gap. */
export const PYTHON_IDIOMS: Readonly<Record<string, string>> = {
  __reduce__: "pickle support",
  __reduce_ex__: "pickle support",
  __getstate__: "pickle support",
  __setstate__: "pickle support",
  __getnewargs__: "pickle support",
  __getnewargs_ex__: "pickle support",
  __deepcopy__: "deep copying is the copy protocol's",
  __match_args__: "pattern matching",
  __class_getitem__: "subscripted type annotations",
  __reversed__: "the reversed() protocol",
  __format__: "format strings",
  __buffer__: "the buffer protocol",
  __bool__: "truth of an object; every JavaScript object is true",
  __enter__: "half of the scope protocol",
  __aenter__: "half of the scope protocol",
  __await__: "await of the object itself",
  __ne__: "the negation of ==",
  __index__: "use as an index",
  __fspath__: "use as a path",
  __radd__: "reflected operator",
  __rsub__: "reflected operator",
  __rmul__: "reflected operator",
  __rtruediv__: "reflected operator",
};

/** Members that only Node can have, each with the reason that makes it no gap. */
export const NODE_IDIOMS: Readonly<Record<string, string>> = {
  "@@toStringTag": "the tag of Object.prototype.toString",
  "@@toPrimitive": "conversion to a primitive",
  "@@hasInstance": "instanceof",
  "@@species": "derived collections",
  "@@dispose": "explicit release; Python counts references",
  "@@asyncDispose": "explicit release; Python counts references",
  valueOf: "conversion to a primitive",
  toLocaleString: "every JavaScript object has it",
};

/** Methods that release an object early; idioms of Node where the class also has `Symbol.dispose`. */
export const RELEASES: ReadonlySet<string> = new Set(["close", "dispose", "free", "release", "destroy"]);
