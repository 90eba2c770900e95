/** Likely causes of a difference, with the usual fix on each side of a binding. One table, read by reports and by people. */

/** A likely cause, as reports and `pairity.known.json` spell it. */
export type CauseId = keyof typeof CAUSES;

/** What a report says about a cause. */
export interface Cause {
  title: string;
  why: string;
  fix: string;
  /** One layer is at fault (conversion, error mapping), not one member: reports show the cause once, with a count of members. */
  systemic?: true;
}

const table = <K extends string>(rows: Record<K, Cause>): Record<K, Cause> => rows;

/** The table. Keys are stable. */
export const CAUSES = table({
  panic: {
    title: "a panic reaches the caller",
    why: "Rust code panicked: PyO3 raises PanicException, which `except Exception` does not catch; napi-rs without catch_unwind aborts Node; WebAssembly traps, after which its instance is not to be used again.",
    fix: "Return an error instead of panicking; guard the body (`catch_unwind` in napi-rs, `std::panic::catch_unwind` mapped to an ordinary exception in PyO3).",
    systemic: true,
  },
  panic_abort: {
    title: "a panic ends the process",
    why: 'Rust code panicked where nothing catches it: napi-rs without catch_unwind, a panic while another one unwinds, or a library built with `panic = "abort"`.',
    fix: 'Return an error instead of panicking; put `#[napi(catch_unwind)]` on the function, and do not build with `panic = "abort"`.',
    systemic: true,
  },
  abort: {
    title: "the process dies",
    why: "A panic across the border, an allocation failure or a failed assertion ended the process of one host.",
    fix: 'Check sizes before allocating (`try_reserve`); put `#[napi(catch_unwind)]` on the function; do not build with `panic = "abort"`.',
  },
  allocation: {
    title: "a size is allocated unchecked",
    why: "A number given by the caller is used as a capacity without a limit.",
    fix: "Validate the size and use `try_reserve`, so that both hosts get an ordinary error.",
  },
  deep_nesting: {
    title: "deep or cyclic data overflows the stack",
    why: "The conversion of nested data recurses without a limit.",
    fix: "Cap the depth of the conversion and return an error beyond it.",
  },
  hang: {
    title: "one side does not come back",
    why: "The call ran past the deadline: an endless loop, a lock that is never released, or work that one host's conversion made huge.",
    fix: "Check the argument that the snippet shows; release locks before calling back into the host.",
  },
  memory: {
    title: "one side takes memory without bound",
    why: "The worker passed its memory cap.",
    fix: "Validate sizes before allocating.",
  },
  exit: {
    title: "one side ends the process",
    why: "The library called exit.",
    fix: "Return an error; a library must not end its host.",
  },
  uncatchable: {
    title: "what is thrown is no ordinary error",
    why: "`except Exception` or `instanceof Error` does not catch it.",
    fix: "Derive the exception from Exception (PyO3: `create_exception!(…, PyException)`); throw an Error, not a value (napi-rs: `napi::Error`).",
  },
  integer_wrap: {
    title: "integers wrap or saturate at the border",
    why: "Node-API's conversions take a number modulo 2^32 (ToUint32) or saturate; PyO3 raises OverflowError.",
    fix: "napi-rs: take `f64` or `BigInt` and check the range; do not declare `u32`/`i64` for numbers that a caller chooses.",
    systemic: true,
  },
  integer_truncation: {
    title: "fractions and NaN become integers",
    why: "Node-API truncates 1.5 to 1 and takes NaN as 0; PyO3 refuses a float for an integer.",
    fix: "napi-rs: take `f64` and check `fract() == 0.0` before converting.",
    systemic: true,
  },
  int_beyond_2_53: {
    title: "integers beyond 2^53 lose their low bits",
    why: "A JavaScript number holds integers exactly only up to 2^53−1.",
    fix: "napi-rs: return `BigInt`, or refuse results beyond the safe integers with an error.",
    systemic: true,
  },
  bool_as_number: {
    title: "a boolean passes as a number on one side",
    why: "Python's bool is an int and PyO3 accepts it; Node-API refuses a boolean for a number.",
    fix: "PyO3: check `PyBool` before extracting an integer.",
    systemic: true,
  },
  null_undefined: {
    title: "null and undefined are not one",
    why: "One host takes or gives nothing where the other refuses it or says another nothing; napi-rs's `Option` takes undefined but its object fields refuse null.",
    fix: "napi-rs: accept both (`Option<Either<T, Null>>`) and declare what is returned.",
    systemic: true,
  },
  unknown_option_ignored: {
    title: "an unknown option is ignored",
    why: "`#[napi(object)]` reads only the keys it knows; Python refuses an unexpected keyword.",
    fix: "napi-rs: compare the object's own keys with the known ones and throw a TypeError for the rest.",
    systemic: true,
  },
  missing_argument: {
    title: "a missing argument is accepted on one side",
    why: "Node-API hands undefined to the conversion, which may have a meaning for it.",
    fix: "Check the number of arguments, or give the parameter the same default in both declarations.",
    systemic: true,
  },
  lone_surrogate: {
    title: "lone surrogates are replaced",
    why: "Node-API's UTF-8 conversion puts U+FFFD for half a surrogate pair without a word; PyO3 raises UnicodeEncodeError.",
    fix: "napi-rs: read UTF-16 (`JsString::into_utf16`) and refuse text that is not well formed; in TypeScript, `isWellFormed()`.",
    systemic: true,
  },
  type_coercion: {
    title: "a wrong type is accepted on one side",
    why: "One host's conversion coerces or ignores what the other refuses.",
    fix: "napi-rs: take `Unknown` and check `get_type()`, or `#[napi(strict)]`; PyO3: extract the exact type.",
    systemic: true,
  },
  string_index_unit: {
    title: "offsets count different units",
    why: "Python's strings count code points, JavaScript's UTF-16 units, Rust's bytes.",
    fix: "Convert offsets at the border to the unit of each host, or document the unit and name it.",
    systemic: true,
  },
  float_kind: {
    title: "1.0 is written as 1",
    why: "JavaScript has one kind of number, so a whole float has no decimal point.",
    fix: "Format numbers in the core, not in the host.",
  },
  negative_zero: {
    title: "the sign of zero is lost",
    why: "An integer or a JSON round trip on the way has no −0.",
    fix: "Pass the double through unchanged.",
  },
  float_bits: {
    title: "floats differ in their last bits",
    why: "The two builds compute or parse with different operations or precision.",
    fix: "Compute in the shared core; check for f32 on one side and for a host's own math functions. `--float-ulps` allows a distance.",
  },
  object_identity: {
    title: "the same object or a new one",
    why: "One binding hands out the object it holds, the other a new wrapper each time.",
    fix: "Define equality by value on both sides (`__eq__`, `equals`), or cache the wrapper.",
  },
  object_text: {
    title: "the text of objects differs",
    why: "One binding defines no text, or its own: Python prints `__str__`/`__repr__`, Node `toString()` and `util.inspect.custom`.",
    fix: "Make the text in the core and return it from `__str__`/`__repr__` and `toString()`/`[util.inspect.custom]`.",
  },
  map_order: {
    title: "map order is lost",
    why: "One side goes through an unordered or sorted map.",
    fix: "Use an ordered map (`indexmap`, or a list of pairs) in the core.",
  },
  key_spelling: {
    title: "keys are spelt differently",
    why: "One side renames keys.",
    fix: "Declare the keys in both stubs.",
  },
  missing_field: {
    title: "a field is on one side only",
    why: "One binding's struct has a field that the other's lacks.",
    fix: "Derive both from one struct of the core.",
  },
  missing_value: {
    title: "nothing on one side, a value on the other",
    why: "A lookup fails differently, or a result is dropped at the border.",
    fix: "Compare the two binding methods; return the same `Option` of the core.",
  },
  length: {
    title: "collections of different length",
    why: "Items are lost, repeated, or counted differently.",
    fix: "Compare the two binding methods; iterate in the core.",
  },
  value_kind: {
    title: "values of different kinds",
    why: "The two bindings convert one result to different types.",
    fix: "Convert the core's type once per binding, by the same table.",
  },
  container_kind: {
    title: "a collection becomes one of another kind",
    why: "The conversion of one host knows fewer kinds of collections: a set is no plain object, a map is no list.",
    fix: "Convert sets, maps and tuples on purpose, or refuse them on both sides.",
  },
  value: {
    title: "different values",
    why: "The two bindings compute different results from the same arguments.",
    fix: "Move the computation into the core; check for off-by-one and default values that differ.",
  },
  state: {
    title: "the object is left in a different state",
    why: "The two bindings change different things, or a getter reads a stale copy.",
    fix: "Keep the state in the core object only.",
  },
  state_after_error: {
    title: "an error leaves the object changed",
    why: "One side changes the object before it fails.",
    fix: "Validate first, change last.",
  },
  early_exhaustion: {
    title: "an iterator ends at another place",
    why: "One binding stops early, late, or swallows an error.",
    fix: "Let the core's iterator decide, and pass its errors on.",
  },
  callback_calls: {
    title: "callbacks are called differently",
    why: "One binding calls more often, in another order, or with other arguments.",
    fix: "Let the core decide how often a callback runs.",
  },
  callback_error: {
    title: "what a callback throws does not pass through",
    why: "One binding swallows or wraps the error of a callback.",
    fix: "PyO3: return the PyErr unchanged; napi-rs: keep a reference to the thrown value and rethrow it.",
  },
  argument_mutated: {
    title: "an argument is changed",
    why: "One binding works on the caller's own list or map.",
    fix: "Copy at the border, or document the change on both sides.",
  },
  async_one_side: {
    title: "asynchronous on one side only",
    why: "One binding blocks where the other returns an awaitable.",
    fix: "Offer both forms under mirrored names.",
  },
  error_swallowed: {
    title: "an error on one side only",
    why: "One side fails, the other returns a value for the same arguments: a check stands in one binding only, or the other one swallows the error.",
    fix: "Check in the core and pass its error on; look for `unwrap_or_default`, `.ok()` and default values on the accepting side.",
  },
  acceptance: {
    title: "one side refuses what the other accepts",
    why: "The validation stands in one binding only.",
    fix: "Move the check into the core.",
  },
  read_only: {
    title: "a property is writable on one side only",
    why: "One binding has a setter (or a plain field) where the other has only a getter.",
    fix: "Declare the property alike: PyO3 `#[pyo3(get, set)]`, napi-rs `#[napi(writable = false)]`, or offer the setter on both sides.",
    systemic: true,
  },
  error_kind: {
    title: "errors of different kinds",
    why: "napi-rs throws a plain Error for everything unless told; PyO3 maps to a builtin.",
    fix: "napi-rs: `env.throw_range_error` / `throw_type_error`, or one match from the core's error to the host's classes.",
    systemic: true,
  },
  error_code: {
    title: "error codes differ",
    why: "The two bindings map one error of the core to different codes.",
    fix: "Give the core's error one `code()` and pass it through on both sides.",
  },
  error_class: {
    title: "an error has an identity on one side only",
    why: "One side raises a class of its own (or a code), the other an error that callers can only tell by its text.",
    fix: "napi-rs: `napi::Result<T, Code>` puts a code on `err.code`; PyO3: `create_exception!` and a `code` attribute.",
    systemic: true,
  },
  error_message: {
    title: "error texts differ",
    why: "Each binding words the error itself, or formats the core's error differently (`{}` against `{:?}`).",
    fix: "Write the text once, in the core's `Display`.",
    systemic: true,
  },
  error_cause: {
    title: "the cause of an error is dropped",
    why: "One side keeps the chain, the other flattens or drops it.",
    fix: "PyO3: `err.set_cause(py, …)`; napi-rs: set `cause` on the error object.",
  },
  error_fields: {
    title: "the fields of an error differ",
    why: "Both sides show what the error tells beside its text, and not the same.",
    fix: "Set the attributes of the exception and the properties of the error from the same data of the core.",
  },
  equality_law: {
    title: "equality breaks its laws",
    why: "Equality is not reflexive, symmetric or consistent with inequality.",
    fix: "Derive equality in the core and use it on both sides.",
  },
  hash_law: {
    title: "equal objects have different hashes",
    why: "The hash uses fields that equality ignores.",
    fix: "Hash exactly what equality compares.",
  },
  order_law: {
    title: "order breaks its laws",
    why: "`<` and `>` are not each other's mirror, or contradict equality.",
    fix: "Derive the order in the core (`Ord`).",
  },
  exhaustion_law: {
    title: "an exhausted iterator yields again",
    why: "The iterator restarts or forgets its end.",
    fix: "Fuse the iterator in the core.",
  },
  setter_constructor: {
    title: "the setter accepts what the constructor refuses",
    why: "The validation stands in one of the two only.",
    fix: "Let both call one validating function of the core.",
  },
  load: {
    title: "a side does not load",
    why: "The module is there, but its loader failed.",
    fix: "See the loader's own text: a missing optional package, a libc, an engine, or an ES-module-only package.",
  },
});
