/** Arguments that a caller gets wrong: what a binding does with them is where bindings differ most. */
import type { Arguments, Value } from "../program/program.ts";
import type { Type } from "../surface/surface.ts";
import { alternatives } from "../surface/type.ts";
import { BROKEN_TEXTS, ODD_VALUES } from "./edges.ts";
import { isCapacityLike } from "./hints.ts";
import type { Random } from "./random.ts";

/** What misuse knows of a parameter. */
export interface Misusable {
  name: string;
  type: Type;
  doc: string | null;
  byName: boolean;
}

const WRONG_INTEGERS: readonly Value[] = [
  { float: "1.5" },
  { float: "nan" },
  { float: "inf" },
  { int: "-1" },
  { int: "4294967296" },
  { int: "9007199254740993" },
  { int: "18446744073709551616" },
  true,
  "42",
  null,
];

/** Wrong where an amount is asked for, and small however a binding takes them. */
const SAFE_AMOUNTS: readonly Value[] = [{ float: "1.5" }, { float: "nan" }, true, null, "x", "42", [], { map: [] }];

/** What misuse needs of the program: `capped` and `risk` as for values. */
export interface MisuseScene {
  readonly random: Random;
  readonly capped: boolean;
  risk(): void;
}

/** Spoil well-formed arguments in one way. */
export function misuse(given: Required<Arguments>, parameters: readonly Misusable[], scene: MisuseScene): void {
  const { random } = scene;
  const { args, kwargs } = given;
  switch (random.below(8)) {
    case 0:
      kwargs.no_such_option = random.pick([true, { int: "1" }, "x"] as Value[]);
      return;
    case 1: {
      // One too many, or a wrong one where another may stand.
      const next = parameters.filter((one) => !one.byName)[args.length];
      args.push(next === undefined ? random.pick(ODD_VALUES) : wrongValue(next, scene));
      return;
    }
    case 2:
      if (args.length > 0) args.pop();
      return;
    default: {
      // No value is wrong where the caller chooses the type.
      const spoilable = parameters.filter((one) => one.type.kind !== "variable");
      if (spoilable.length === 0) return;
      const parameter = random.pick(spoilable);
      const value = wrongValue(parameter, scene);
      if (parameter.byName) kwargs[parameter.name] = value;
      else {
        const index = parameters.filter((one) => !one.byName).indexOf(parameter);
        if (index < args.length) args[index] = value;
        else if (index === args.length) args.push(value);
      }
    }
  }
}

/** Nothing to iterate over in any host. */
const NO_ITERABLES: readonly Value[] = [null, true, { int: "5" }, { float: "1.5" }, { float: "nan" }];

/** A value of a wrong type, or of the right one outside its range. */
function wrongValue(parameter: Misusable, scene: MisuseScene): Value {
  const { random } = scene;
  // Whatever its items are, they are of the type that the caller wants: only what has none is wrong.
  if (parameter.type.kind === "list" && parameter.type.of.kind === "variable") return random.pick(NO_ITERABLES);
  const kinds = alternatives(parameter.type).map((part) => part.kind);
  const isNumber = kinds.includes("int") || kinds.includes("float") || kinds.includes("number");
  if (isNumber && isCapacityLike(parameter.name, parameter.doc)) {
    if (scene.capped) scene.risk();
    else return random.pick(SAFE_AMOUNTS);
  }
  if (kinds.includes("int") && random.chance(0.7)) return random.pick(WRONG_INTEGERS);
  if (kinds.includes("string") && random.chance(0.4)) return random.pick(BROKEN_TEXTS);
  if (random.chance(0.2)) return random.chance(0.5) ? null : { undefined: true };
  const odd = random.pick(ODD_VALUES);
  // Where one host takes text as bytes, bytes are what it declares.
  const isText = alternatives(parameter.type).some((part) => part.kind === "string" && part.utf8 !== undefined);
  return isText && typeof odd === "object" && odd !== null && "bytes" in odd ? null : odd;
}
