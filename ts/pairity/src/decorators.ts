/**
 * Decorators of standard JavaScript (TC39), by which a class body declares the library's checks and the hooks of plugins.
 * Python has a descriptor, a metaclass and a decorator for them: `pairity.declarative`.
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

/** The property of a plugin that holds its marked hooks, by method and hook; of every copy of this library. */
export const HOOKS = Symbol.for("pairity.hooks");

/** When a hook is called. */
export interface HookDecoratorOptions {
  /** Plugins with a higher priority are called earlier; 0 when left out. */
  priority?: number;
  /** The plugins that are called after this one, whatever their priority. */
  before?: string | readonly string[];
  /** The plugins that are called before this one, whatever their priority. */
  after?: string | readonly string[];
}

/**
 * Marks a method of a plugin as its hook `name`, which `PluginManager.callHook` calls. A plugin without marks may have a
 * property `hooks`, which means the same.
 *
 * @example
 * class Shout extends Plugin {
 *   @hook("greet", { priority: 10 })
 *   greet(name: string) {
 *     return `HELLO ${name}`;
 *   }
 * }
 */
export function hook(name: string, options: HookDecoratorOptions = {}) {
  return (_method: (data: never) => unknown, context: ClassMethodDecoratorContext): void => {
    const method = String(context.name);
    context.addInitializer(function (this: unknown) {
      const marked = this as { [HOOKS]?: Map<string, [string, unknown]> };
      if (marked[HOOKS] === undefined) Object.defineProperty(this, HOOKS, { value: new Map() });
      marked[HOOKS]?.set(JSON.stringify([method, name]), [name, { ...options, call: method }]);
    });
  };
}
