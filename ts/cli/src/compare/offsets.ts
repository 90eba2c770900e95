/** Whether two different integers mean the same place in a string, each counted in its host's own unit. */
import type { Program, Step, Value } from "../program/program.ts";
import type { Difference } from "./difference.ts";
import { isNumber } from "./numbers.ts";

/** What the two offsets mean. */
export interface Units {
  /** Each offset is right in its own host: code points in Python, UTF-16 units in Node. */
  samePlace: boolean;
}

/** Apply both offsets to every text of the program; null when no text explains the two numbers by their units. */
export function indexUnits(difference: Difference, program: Program): Units | null {
  const left = numberOf(difference.left);
  const right = numberOf(difference.right);
  if (left === null || right === null || left < 0 || right < 0 || left === right) return null;
  let other: Units | null = null;
  for (const text of texts(program.steps)) {
    // Without characters beyond one unit all counts agree, and the difference has another reason.
    if (Buffer.byteLength(text) === text.length) continue;
    // An offset may count from the start of the text or, as a column, of one of its lines.
    for (const line of new Set([text, ...text.split("\n")])) {
      const found = explain(line, left, right);
      // The reading in which both hosts are right is the likelier one.
      if (found?.samePlace === true) return found;
      other ??= found;
    }
  }
  return other;
}

type Unit = "points" | "units" | "bytes";

function explain(text: string, left: number, right: number): Units | null {
  const places = boundaries(text);
  if (places.some((place) => place.points === left && place.units === right)) return { samePlace: left !== right };
  const units: Unit[] = ["points", "units", "bytes"];
  for (const place of places) {
    for (const a of units) {
      for (const b of units) {
        if (a !== b && place[a] === left && place[b] === right && place[a] !== place[b]) {
          return { samePlace: false };
        }
      }
    }
  }
  return null;
}

/** Every boundary between characters, counted in each unit. */
function boundaries(text: string): Record<Unit, number>[] {
  const found = [{ points: 0, units: 0, bytes: 0 }];
  let last = found[0]!;
  for (const character of text) {
    last = {
      points: last.points + 1,
      units: last.units + character.length,
      bytes: last.bytes + Buffer.byteLength(character),
    };
    found.push(last);
  }
  return found;
}

function numberOf(answer: Difference["left"]): number | null {
  if (!("value" in answer) || !isNumber(answer.value)) return null;
  const number = Number(Object.values(answer.value)[0]);
  return Number.isSafeInteger(number) ? number : null;
}

function texts(steps: Step[]): string[] {
  const found: string[] = [];
  const collect = (value: Value | undefined): void => {
    if (typeof value === "string") found.push(value);
    else if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === "object" && value !== null) {
      if ("map" in value) value.map.flat().forEach(collect);
      else if ("tuple" in value) value.tuple.forEach(collect);
    }
  };
  for (const step of steps) {
    if ("args" in step) step.args?.forEach(collect);
    if ("kwargs" in step) Object.values(step.kwargs ?? {}).forEach(collect);
    if ("scope" in step) found.push(...texts(step.steps));
  }
  return found;
}
