/** The schema of what `pairity surface --json` prints. */
import { z } from "zod";
import type {
  Access,
  AlignedClass,
  AlignedMember,
  AlignedParameter,
  AlignedSignature,
  Alignment,
  ClassSurface,
  Contradiction,
  Field,
  Idiom,
  Maker,
  Member,
  Mismatch,
  Parameter,
  Rule,
  Signature,
  Surface,
  Type,
} from "./surface.ts";

/** What `pairity surface --json` prints: the alignment, under the number of its format. */
export type SurfaceDocument = { schema: 1 } & Alignment;

const host = z.enum(["python", "node"]);
const name = z.string();

const type: z.ZodType<Type> = z
  .lazy(() =>
    z.union([
      z.strictObject({ kind: z.literal("int"), bigint: z.literal(true).exactOptional() }),
      z.strictObject({ kind: z.literal("string"), utf8: host.exactOptional() }),
      z.strictObject({
        kind: z.enum([
          "float",
          "number",
          "bytes",
          "boolean",
          "null",
          "undefined",
          "any",
          "variable",
          "slice",
          "path",
          "buffer",
          "datetime",
          "duration",
          "void",
        ]),
      }),
      z.strictObject({ kind: z.enum(["list", "set", "iterator", "async_iterator", "awaitable"]), of: type }),
      z.strictObject({ kind: z.literal("tuple"), of: z.array(type) }),
      z.strictObject({ kind: z.literal("map"), key: type, value: type }),
      z.strictObject({ kind: z.literal("struct"), name: name.nullable(), fields: z.array(field) }),
      z.strictObject({ kind: z.literal("class"), name }),
      z.strictObject({ kind: z.literal("callback"), parameters: z.array(type), returns: type }),
      z.strictObject({ kind: z.literal("union"), of: z.array(type) }),
      z.strictObject({ kind: z.literal("literal"), value: z.union([z.string(), z.number(), z.boolean(), z.null()]) }),
      z.strictObject({ kind: z.literal("enum"), name, values: z.array(z.union([z.string(), z.number()])) }),
      z.strictObject({ kind: z.literal("unknown"), text: z.string() }),
    ]),
  )
  .meta({ id: "Type", description: "A declared type, in words that both hosts share." });

const field: z.ZodType<Field> = z.strictObject({ name, type, optional: z.boolean() }).meta({ id: "Field" });

const parameter: z.ZodType<Parameter> = z
  .strictObject({
    name,
    kind: z.enum(["positional", "either", "keyword", "rest", "keyword_rest"]),
    optional: z.boolean(),
    default: z.string().exactOptional(),
    type,
  })
  .meta({ id: "Parameter" });

const signature: z.ZodType<Signature> = z
  .strictObject({ parameters: z.array(parameter), returns: type, async: z.boolean() })
  .meta({ id: "Signature" });

const voices = z.array(z.enum(["stub", "live"])).meta({ id: "Voices", description: "Who says that it exists." });

const member: z.ZodType<Member> = z
  .strictObject({
    name,
    kind: z.enum(["method", "static", "property", "function", "constant"]),
    type: type.exactOptional(),
    writable: z.boolean().exactOptional(),
    signatures: z.array(signature),
    voices,
    doc: z.string().nullable(),
    optional: z.literal(true).exactOptional(),
    uncertain: z.literal(true).exactOptional(),
  })
  .meta({ id: "Member" });

const classSurface: z.ZodType<ClassSurface> = z
  .strictObject({
    name,
    bases: z.array(name),
    constructors: z.array(signature).nullable(),
    members: z.array(member),
    kind: z.enum(["class", "exception", "enum", "interface"]),
    voices,
    doc: z.string().nullable(),
  })
  .meta({ id: "ClassSurface" });

/** Two voices of one host that disagree. */
export const contradiction: z.ZodType<Contradiction> = z
  .strictObject({ where: z.string(), stub: z.string(), live: z.string() })
  .meta({ id: "Contradiction" });

const surface: z.ZodType<Surface> = z
  .strictObject({
    host,
    module: name,
    distribution: z.string().nullable().exactOptional(),
    version: z.string().nullable(),
    runtime: z.string(),
    artefacts: z.array(
      z.strictObject({
        file: z.string(),
        kind: z.enum(["native", "wasm", "script", "stub"]),
        note: z.string().exactOptional(),
      }),
    ),
    classes: z.array(classSurface),
    functions: z.array(member),
    constants: z.array(member),
    contradictions: z.array(contradiction),
    prose: z.array(z.strictObject({ from: z.string(), text: z.string() })),
    requires: z.string().nullable().exactOptional(),
    submodules: z.array(name).exactOptional(),
    repeated: z.record(z.string(), z.string()).exactOptional(),
    modules: z.record(z.string(), z.string()).exactOptional(),
  })
  .meta({ id: "Surface" });

const RULES = [
  "same",
  "case",
  "acronym",
  "underscore",
  "protocol",
  "inherited",
  "serialise",
  "factory",
  "options",
  "accessor",
  "property-method",
  "async-twin",
  "bigint-twin",
  "exception",
  "plain-object",
  "result",
  "config",
] as const satisfies readonly Rule[];

const rule = z.enum(RULES).meta({ id: "Rule", description: "How two names were matched." });

/** How many members each rule matched. */
export const rules = z.partialRecord(z.enum(RULES), z.int().nonnegative());

const way = z.strictObject({ kind: z.enum(["property", "method"]), name });
const access: z.ZodType<Access> = z.strictObject({ get: way, set: way.nullable() }).meta({ id: "Access" });

const alignedParameter: z.ZodType<AlignedParameter> = z
  .strictObject({
    name,
    python: parameter,
    node: parameter,
    passing: z.enum(["position", "option"]),
    nodePosition: z.int().nonnegative(),
    type,
    optional: z.boolean(),
  })
  .meta({ id: "AlignedParameter" });

const alignedSignature: z.ZodType<AlignedSignature> = z
  .strictObject({
    parameters: z.array(alignedParameter),
    returns: type,
    async: z.strictObject({ python: z.boolean(), node: z.boolean() }),
    requiresOptions: z.int().exactOptional(),
  })
  .meta({ id: "AlignedSignature" });

const alignedMember: z.ZodType<AlignedMember> = z
  .strictObject({
    canonical: name,
    kind: z.enum(["method", "static", "property", "function", "constructor", "protocol"]),
    python: member,
    node: member,
    rule,
    signatures: z.array(alignedSignature),
    bigint: z.string().exactOptional(),
    access: z.strictObject({ python: access, node: access }).exactOptional(),
  })
  .meta({ id: "AlignedMember" });

const isAsync = z.literal(true).exactOptional();
const maker: z.ZodType<Maker> = z
  .union([
    z.strictObject({ kind: z.literal("constructor") }),
    z.strictObject({ kind: z.literal("function"), name, async: isAsync }),
    z.strictObject({ kind: z.literal("static"), name, async: isAsync }),
    z.strictObject({ kind: z.literal("plain") }),
  ])
  .meta({ id: "Maker", description: "How a host makes an instance of a class." });

const alignedClass: z.ZodType<AlignedClass> = z
  .strictObject({
    canonical: name,
    python: classSurface,
    node: classSurface,
    constructors: z.array(alignedSignature).nullable(),
    makers: z.strictObject({ python: maker, node: maker }).exactOptional(),
    members: z.array(alignedMember),
    rule,
  })
  .meta({ id: "AlignedClass" });

/** Something that one host has and the other cannot have, or need not have. */
export const idiom: z.ZodType<Idiom> = z
  .strictObject({ host, where: z.string(), reason: z.string() })
  .meta({ id: "Idiom" });

/** Two members whose names agree and whose parameters do not. */
export const mismatch: z.ZodType<Mismatch> = z
  .strictObject({ where: z.string(), reason: z.string() })
  .meta({ id: "Mismatch" });

/** Validates what `pairity surface --json` prints. */
export const surfaceDocument: z.ZodType<SurfaceDocument> = z
  .strictObject({
    schema: z.literal(1),
    python: surface,
    node: surface,
    classes: z.array(alignedClass),
    functions: z.array(alignedMember),
    rules,
    idioms: z.array(idiom),
    mismatches: z.array(mismatch),
    onlyPython: z.array(name),
    onlyNode: z.array(name),
  })
  .meta({
    title: "Pairity surface",
    description: "What both modules offer and how it lines up, as `pairity surface --json` prints it.",
  });

/** Its JSON Schema, as text. */
export function surfaceJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(surfaceDocument, { target: "draft-2020-12" }), null, 2)}\n`;
}
