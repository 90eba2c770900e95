/** Where the Python package may say `Any`, and why nothing narrower is true. */
import { filesIn, groups, read } from "./tree.ts";

/** By file and definition: a function or method, an attribute, or an alias. */
const REASONS: Record<string, Record<string, string>> = {
  "python/pairity/_driver.py": {
    Steps: "what an operation yields and is sent is the business of its effects, each of another type",
    _settle: "as Steps",
    plugins: "a plugin is any object with a name and an execute",
    states: "a state is whatever save_state returns",
    name: "an attribute of any object, asked whether it is a string",
  },
  "python/pairity/_native.pyi": {
    connect: "what is emitted is the business of who emits it; `object` would refuse every function that takes less",
    __new__: "what a worker's function gets is the affair of who asks for the call",
    execute: "what a worker's function gets and returns is that function's affair",
    execute_many: "as execute",
  },
  "python/pairity/_lives.py": {
    record: "an attribute of any object, asked whether it is a mapping",
  },
  "python/pairity/_plugin_calls.py": {
    _plugins: "a plugin is any object with a name and an execute",
  },
  "python/pairity/stateful_plugin.py": {
    state: "the plugin knows what it has set",
    migrate: "the plugin knows what it saved in an older schema",
  },
};

/** The places with an `Any` that neither the table above nor the line itself gives a reason for. */
export function unjustifiedAny(): string[] {
  return filesIn("python/pairity/", ".py", ".pyi").flatMap((path) =>
    read(path)
      .split("\n")
      .flatMap((line, index) => {
        const annotated = line.replace(/#.*|"""?.*/, "");
        if (!/\bAny\b/.test(annotated) || /^\s*(from|import)\b/.test(line)) return [];
        // A lint exception has its reason where it stands.
        if (/# noqa: ANN401 - \w/.test(line)) return [];
        const [name = ""] = groups(annotated, /^\s*(?:async )?(?:def |self\.)?(\w+)/g);
        return REASONS[path]?.[name] === undefined ? [`${path}:${index + 1}: ${line.trim()}`] : [];
      }),
  );
}
