/** Arguments that belong together: a template or an expression speaks of names that the data beside it should have. */
import type { Arguments, Value } from "../program/program.ts";
import type { Type } from "../surface/surface.ts";
import { alternatives } from "../surface/type.ts";
import type { Random } from "./random.ts";

/** How often the data of a call is given the names that its text speaks of. */
const SHARE = 0.4;

const NAME = /[A-Za-z_]\w*/g;
const MAX_NAMES = 6;

/** Give maps of free keys among the arguments the names that a text before them speaks of. */
export function relateNames(
  given: Required<Arguments>,
  typeOf: (at: number | string) => Type | undefined,
  random: Random,
): void {
  const places = [...given.args.keys(), ...Object.keys(given.kwargs)];
  const at = (place: number | string) => (typeof place === "number" ? given.args[place] : given.kwargs[place])!;
  const names = places.flatMap((place) => {
    const value = at(place);
    return typeof value === "string" ? (value.match(NAME) ?? []) : [];
  });
  const maps = places.filter((place) => isMap(at(place)) && hasFreeKeys(typeOf(place)));
  if (names.length === 0 || maps.length === 0 || !random.chance(SHARE)) return;
  for (const place of maps) {
    const renamed = withNames(at(place) as { map: [Value, Value][] }, names.slice(0, MAX_NAMES), random);
    if (typeof place === "number") given.args[place] = renamed;
    else given.kwargs[place] = renamed;
  }
}

function isMap(value: Value): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && "map" in value && value.map.length > 0;
}

/** Whether the keys are the caller's to choose; those of a struct are not. */
function hasFreeKeys(type: Type | undefined): boolean {
  return type !== undefined && alternatives(type).every((one) => one.kind !== "struct");
}

function withNames({ map }: { map: [Value, Value][] }, names: readonly string[], random: Random): Value {
  const entries = new Map<Value, Value>(map);
  for (const [key, value] of map) {
    entries.delete(key);
    entries.set(typeof key === "string" ? random.pick(names) : key, value);
  }
  return { map: [...entries] };
}
