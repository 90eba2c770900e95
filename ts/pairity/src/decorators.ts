/**
 * Decorators of standard JavaScript (TC39), by which a class body declares the library's checks.
 * Python has a descriptor and a metaclass for both: `pairity.declarative`.
 */

/**
 * Makes every value of an `accessor` go through a function, the first one included: it returns what is kept, or throws.
 * What it throws passes through unchanged, and the old value stays.
 *
 * @example
 * class Oven {
 *   @validated((celsius: number) => new Temperature(celsius).celsius)
 *   accessor target = 20;
 * }
 */
export function validated<Value>(check: (value: Value) => Value) {
  return <This>(
    { get, set }: ClassAccessorDecoratorTarget<This, Value>,
    _context: ClassAccessorDecoratorContext<This, Value>,
  ): ClassAccessorDecoratorResult<This, Value> => ({
    get,
    set(value) {
      set.call(this, check(value));
    },
    init: check,
  });
}

/**
 * Puts the class into `family` under its name. Throws a TypeError when the name is taken.
 *
 * @example
 * const shapes = new Map<string, new () => object>();
 * @registered(shapes)
 * class Circle {}
 * shapes.get("Circle") === Circle; // true
 */
export function registered<Base extends abstract new (...args: never) => unknown>(family: Map<string, Base>) {
  return (member: Base, context: ClassDecoratorContext<Base>): void => {
    const name = String(context.name);
    if (family.has(name)) throw new TypeError(`class '${name}' is already registered`);
    family.set(name, member);
  };
}
