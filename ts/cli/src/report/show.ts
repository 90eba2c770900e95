/** Values and answers as text, in the spelling of the host that gave them. */
import type { Answered, Difference } from "../compare/difference.ts";
import type { Host } from "../compare/kind.ts";
import type { ErrorOutcome, Value } from "../program/program.ts";
import { milliseconds } from "../subject/worker/instants.ts";

const LIMIT = 200;

/** A value as its host would write it; long ones are cut. */
export function showValue(value: Value, host: Host): string {
  const text = show(value, host, 0);
  return text.length > LIMIT ? `${text.slice(0, LIMIT)}… (${text.length} characters)` : text;
}

function show(value: Value, host: Host, level: number): string {
  const python = host === "python";
  if (value === null) return python ? "None" : "null";
  if (typeof value === "boolean") return python ? (value ? "True" : "False") : String(value);
  if (typeof value === "string") return showText(value);
  if (level > 6) return "…";
  const list = (values: Value[]) => values.map((one) => show(one, host, level + 1)).join(", ");
  if (Array.isArray(value)) return `[${list(value)}]`;
  if ("undefined" in value) return "undefined";
  if ("int" in value) return python || Number.isSafeInteger(Number(value.int)) ? value.int : `${value.int}n`;
  if ("float" in value) return python ? value.float : jsNumber(value.float);
  if ("num" in value) return jsNumber(value.num);
  if ("bytes" in value) return `${python ? "bytes" : "Uint8Array"}(${Buffer.from(value.bytes, "base64").length})`;
  if ("floats" in value) return `${python ? "array('d', " : "Float64Array("}[${value.floats.join(", ")}])`;
  if ("datetime" in value) return value.datetime;
  if ("duration" in value)
    return python ? `timedelta(microseconds=${value.duration})` : `${milliseconds(value.duration)}`;
  if ("tuple" in value)
    return python ? `(${list(value.tuple)}${value.tuple.length === 1 ? "," : ""})` : `[${list(value.tuple)}]`;
  if ("set" in value) return python ? `{${list(value.set)}}` : `Set {${list(value.set)}}`;
  if ("map" in value) {
    return `{${value.map.map(([k, v]) => `${show(k, host, level + 1)}: ${show(v, host, level + 1)}`).join(", ")}}`;
  }
  if ("ref" in value) return value.ref;
  if ("object" in value) return showObject(value, host, level);
  if ("class" in value) return value.class;
  if ("path" in value) return showText(value.path);
  if ("cycle" in value) return "<cycle>";
  if ("opaque" in value) return value.text;
  if ("callback" in value) return value.as ?? "callback";
  if ("duck" in value) return value.as ?? "object";
  return JSON.stringify(value);
}

function showObject(value: { object: string; state?: Record<string, unknown> }, host: Host, level: number): string {
  const text = value.state?.__repr__ ?? value.state?.__str__;
  if (typeof text === "string") return text;
  const members = Object.entries(value.state ?? {}).filter(([name]) => !name.startsWith("__"));
  if (members.length === 0) return `<${value.object}>`;
  const shown = members.map(([name, one]) => {
    const failed = typeof one === "object" && one !== null && "error" in one;
    return `${name}=${failed ? "<error>" : show(one as Value, host, level + 1)}`;
  });
  return `<${value.object} ${shown.join(" ")}>`;
}

/** Text in quotes, with everything that a terminal would not show escaped. */
export function showText(text: string): string {
  // JSON escapes controls and lone surrogates; the rest that hides in a terminal is escaped here.
  return JSON.stringify(text).replace(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\ufeff\ufffd]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

function jsNumber(text: string): string {
  const named: Record<string, string> = { nan: "NaN", inf: "Infinity", "-inf": "-Infinity", "-0.0": "-0" };
  return named[text] ?? text.replace(/\.0$/, "");
}

/** An error as a traceback's last line would have it. */
export function showError(error: ErrorOutcome): string {
  const name = error.classes[0] ?? "thrown value";
  const code = error.code === null ? "" : ` [${error.code}]`;
  const cause = error.cause === null ? "" : ` (cause: ${showError(error.cause)})`;
  const message = error.message.length > LIMIT ? `${error.message.slice(0, LIMIT)}…` : error.message;
  return `${name}${code}: ${message.replaceAll("\n", "\\n")}${cause}${error.outside ? " (not catchable as an ordinary error)" : ""}`;
}

/** An answer in one line. */
export function showAnswer(answer: Answered, host: Host): string {
  if ("value" in answer) return showValue(answer.value, host);
  if ("error" in answer) return showError(answer.error);
  if ("absent" in answer) return "nothing";
  const { death } = answer;
  switch (death.death) {
    case "exit":
      return `the process exits with code ${death.code}`;
    case "hang":
      return "no answer before the deadline";
    case "memory":
      return "the process passes its memory cap";
    default:
      return `the process dies of ${death.signal}`;
  }
}

const ASPECTS: Partial<Record<Difference["aspect"], string>> = {
  acceptance: "one side fails where the other answers",
  death: "the process dies",
  catchable: "what is thrown is no ordinary error",
  "error kind": "both fail, with errors of different kinds",
  "error identity": "both fail, with errors of different identity",
  message: "both fail, with different texts",
  cause: "both fail, with different causes",
  exhaustion: "the iteration ends at another place",
  calls: "callbacks are called differently",
  mutation: "an argument is changed differently",
  async: "one side answers later, the other at once",
};

/** What disagrees, in one sentence. */
export function showAspect(difference: Difference): string {
  if (difference.asked !== undefined) {
    return difference.aspect === "law"
      ? `a law is broken: ${difference.asked}`
      : `the case expects ${difference.asked}`;
  }
  const fixed = ASPECTS[difference.aspect];
  if (fixed !== undefined) return fixed;
  if (difference.aspect === "state") return `the state differs in ${difference.path}`;
  return difference.path === "" ? "the results differ" : `the results differ at ${difference.path}`;
}
