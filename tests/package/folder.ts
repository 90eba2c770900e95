/** An empty folder outside the repository, and the commands that run in it as a user would run them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Outcome, run } from "../../scripts/run.mjs";

/** The import line that every installed package has to satisfy, in both languages. */
export const CLASSES = ["Counter", "Person", "Vector2D", "Range", "PluginManager", "HotReloader"];

/** A temporary folder that is removed with all that was installed into it. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "pairity-package-"));

  /** Writes a file and returns its path. */
  write(name: string, text: string): string {
    const path = join(this.path, name);
    writeFileSync(path, text);
    return path;
  }

  /** The path of something in the folder. */
  at(...names: string[]): string {
    return join(this.path, ...names);
  }

  /** Runs a command in the folder. */
  run(...command: string[]): Promise<Outcome> {
    return run(command, { cwd: this.path });
  }

  /** Runs a command that has to succeed and returns what it printed; fails with its output otherwise. */
  async output(...command: string[]): Promise<string> {
    const { code, output } = await this.run(...command);
    if (code !== 0) throw new Error(`${command.join(" ")} failed with ${code}:\n${output}`);
    return output;
  }

  /** Removes the folder. */
  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Runs a command of the repository that has to succeed. */
export async function inRepository(...command: string[]): Promise<string> {
  const { code, output } = await run(command);
  if (code !== 0) throw new Error(`${command.join(" ")} failed with ${code}:\n${output}`);
  return output;
}
