/** The plugins of the sequences, as both hosts have them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CaseFile } from "../../../ts/cli/src/index.ts";
import { FAULTS, type Fault, type Name, type Variant } from "./model.ts";

/** Whether the methods of the plugins return values or promises of them. */
export type Style = "sync" | "async";

const PYTHON = `
import asyncio

class Plugin:
    name = "NAME"
    state_schema = SCHEMA
    hooks = {"h": "answer"}
    count = 0
    def __init__(self):
        if "FAULT" == "construct":
            raise ValueError("boom")
    ASYNCdef fail(self, place):
        PAUSE
        if place == "FAULT":
            LATE
            raise ValueError("boom")
    ASYNCdef initialize(self):
        AWAITself.fail("initialize")
        self.count = 0
    ASYNCdef shutdown(self):
        AWAITself.fail("shutdown")
    def execute(self, data):
        if data is None:
            return self.add()
        return self.later(self.add()) if data == "soon" else self.add_later(data)
    def add(self):
        if "FAULT" == "execute":
            raise ValueError("boom")
        self.count += STEP
        return [STEP, self.count]
    async def later(self, result):
        await asyncio.sleep(0)
        return result
    async def add_later(self, data):
        if data == "late":
            await asyncio.get_running_loop().create_future()
        inner = await data()
        return [self.add(), inner]
    ASYNCdef answer(self, data):
        return STEP
    ASYNCdef save_state(self):
        AWAITself.fail("save_state")
        return {"count": self.count}
    ASYNCdef migrate(self, state, from_schema):
        AWAITself.fail("migrate")
        return {"count": state["count"] + 1000}
    ASYNCdef load_state(self, state, from_schema):
        AWAITself.fail("load_state")
        self.count = state["count"]
`;

// What is thrown is thrown in the same lines, which reports tell, and which are those of every version.
const NODE = `


const never = new Promise(() => {});
export class Plugin {
  name = "NAME";
  stateSchema = SCHEMA;
  hooks = { h: "answer" };
  count = 0;
  constructor() {
    if ("FAULT" === "construct") throw new RangeError("boom");
  }
  ASYNCfail(place: string) {
    PAUSE
    if (place !== "FAULT") return;
    LATE throw new RangeError("boom");
  }
  ASYNCinitialize() {
    AWAITthis.fail("initialize");
    this.count = 0;
  }
  ASYNCshutdown() {
    AWAITthis.fail("shutdown");
  }
  execute(data: unknown) {
    if (data === null) return this.add();
    return data === "soon" ? this.later(this.add()) : this.addLater(data as string);
  }
  add() {
    if ("FAULT" === "execute") throw new RangeError("boom");
    this.count += STEP;
    return [STEP, this.count];
  }
  async later(result: unknown) {
    await null;
    return result;
  }
  async addLater(data: string | (() => Promise<unknown>)) {
    if (typeof data === "string") return new Promise(() => {});
    const inner = await data();
    return [this.add(), inner];
  }
  ASYNCanswer(data: unknown) {
    return STEP;
  }
  ASYNCsaveState() {
    AWAITthis.fail("save_state");
    return { count: this.count };
  }
  ASYNCmigrate(state: { count: number }, fromSchema: number) {
    AWAITthis.fail("migrate");
    return { count: state.count + 1000 };
  }
  ASYNCloadState(state: { count: number }, fromSchema: number) {
    AWAITthis.fail("load_state");
    this.count = state.count;
  }
}
`;

export const NAMES = ["a", "b"] as const;

/** The faults that may also be a promise which never comes. */
export const LATE: readonly Fault[] = ["initialize", "shutdown", "save_state", "migrate", "load_state"];

const STYLES: readonly Style[] = ["sync", "async"];

/** The name of the fixture with this version of a plugin. */
export function fixtureOf(style: Style, name: Name, { n, schema, fault, isLate }: Variant): string {
  return `${style}_${name}_${n}_${schema}_${fault}${isLate ? "_late" : ""}`;
}

/** What is put in the place of the words in capitals. */
interface Words {
  ASYNC: string;
  AWAIT: string;
  PAUSE: string;
  LATE: string;
}

function text(template: string, name: Name, { n, schema, fault }: Variant, words: Words): string {
  const all: Record<string, string> = { ...words, NAME: name, SCHEMA: String(schema), FAULT: fault, STEP: String(n) };
  return template.replace(/[A-Z]{4,}/g, (word) => all[word] ?? word);
}

function variants(style: Style): Variant[] {
  const faults = FAULTS.flatMap((fault) =>
    (style === "async" && LATE.includes(fault) ? [false, true] : [false]).map((isLate) => ({ fault, isLate })),
  );
  return [1, 2].flatMap((n) => [1, 2].flatMap((schema) => faults.map((one) => ({ n, schema, ...one }))));
}

function fixture(style: Style, name: Name, variant: Variant) {
  const isAsync = style === "async";
  const words = { ASYNC: isAsync ? "async " : "", AWAIT: isAsync ? "await " : "" };
  const never = isAsync && variant.isLate;
  const python = {
    ...words,
    PAUSE: isAsync ? "await asyncio.sleep(0)" : "pass",
    LATE: never ? "await asyncio.get_running_loop().create_future()" : "pass",
  };
  const node = {
    ...words,
    PAUSE: isAsync ? "await null;" : "",
    LATE: isAsync ? `if (${never}) await never; else` : "",
  };
  return {
    python: { suffix: ".py", text: text(PYTHON, name, variant, python) },
    node: { suffix: ".ts", text: text(NODE, name, variant, node) },
  };
}

function conductor(suffix: string) {
  return { suffix, text: readFileSync(join(import.meta.dirname, `conductor${suffix}`), "utf8") };
}

/** All plugins, and the conductor. */
export function fixtures(): NonNullable<CaseFile["fixtures"]> {
  const plugins = STYLES.flatMap((style) =>
    NAMES.flatMap((name) =>
      variants(style).map((variant) => [fixtureOf(style, name, variant), fixture(style, name, variant)] as const),
    ),
  );
  return { ...Object.fromEntries(plugins), conductor: { python: conductor(".py"), node: conductor(".ts") } };
}
