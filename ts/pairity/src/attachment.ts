import { inspect } from "node:util";
import { Change, Told } from "./change.ts";
import { isPairityError } from "./errors.ts";
import { type Handle, native } from "./native.ts";
import { followers, loaders } from "./plugin_followers.ts";
import type { PluginManager } from "./plugin_manager.ts";
import type { ReloadReport } from "./plugin_reports.ts";

/** How {@link HotReloader.attach} reloads. */
export interface AttachOptions {
  /** Whether plugins are reloaded by themselves, which is the default; else only by `check`. */
  live?: boolean;
  /** Whether it is `reloadWithState`, which is the default, or `reload`. */
  withState?: boolean;
}

type Native = Handle<"Attachment">;
type Tell = (change: Change) => void;
type Results = [reports: ReloadReport[], errors: unknown[]];

/** What an attachment is made of; private to the package. */
export class Parts {
  readonly tell: Tell;
  readonly forget: (attachment: Attachment) => void;
  readonly manager: PluginManager;
  readonly poll: boolean;
  readonly options: Required<AttachOptions>;

  constructor(
    tell: Tell,
    forget: (attachment: Attachment) => void,
    manager: PluginManager,
    poll: boolean,
    options: Required<AttachOptions>,
  ) {
    this.tell = tell;
    this.forget = forget;
    this.manager = manager;
    this.poll = poll;
    this.options = options;
  }
}

/** A plugin manager whose plugins are reloaded when their files change; what `HotReloader.attach` returns. */
export class Attachment {
  readonly #handle: Native;
  readonly #parts: Parts;
  readonly #manager: PluginManager;
  readonly #follow = (): void => this.#take();
  #isReloading = false;

  /** Only a reloader makes one. */
  constructor(parts: Parts) {
    const { manager, poll, options } = parts;
    this.#handle = native.attachmentNew(poll);
    this.#parts = parts;
    this.#manager = manager;
    // It throws when the manager is closed.
    manager.listPlugins();
    this.#take();
    followers(manager).add(this.#follow);
    if (options.live) {
      const started = native.attachmentStart(this.#handle, ([paths, notice]) => void this.#react(paths, notice));
      started.catch((error: unknown) => parts.tell(new Change(new Told([], null, [], [error]))));
    }
  }

  /** Whether plugins are reloaded by themselves. */
  get live(): boolean {
    return this.#parts.options.live;
  }

  /** The files that are watched, sorted. */
  get files(): string[] {
    return native.attachmentFiles(this.#handle);
  }

  /**
   * Reloads the plugins whose files have changed, now, and returns the reports of those that had to be.
   *
   * Throws what keeps a plugin from being reloaded at all. What another reload is about to do it leaves to that.
   */
  check(): ReloadReport[] {
    native.attachmentCheck(this.#handle);
    const results: Results = [[], []];
    for (const name of this.#due()) {
      try {
        const { withState } = this.#parts.options;
        this.#add(results, withState ? this.#manager.reloadWithState(name) : this.#manager.reload(name));
      } catch (error) {
        this.#fail(results, name, error);
      }
    }
    return reportsOf(results);
  }

  /** As {@link check}, and awaits what the plugins return. */
  async checkAsync(): Promise<ReloadReport[]> {
    native.attachmentCheck(this.#handle);
    return reportsOf(await this.#reload());
  }

  /** Ends it; a second time it does nothing. */
  close(): void {
    native.attachmentClose(this.#handle);
    followers(this.#manager).delete(this.#follow);
    this.#parts.forget(this);
  }

  /** As {@link close}: `using attached = reloader.attach(manager)`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Returns `Attachment(files=N)`, or `Attachment(closed)`. */
  toString(): string {
    return native.attachmentText(this.#handle);
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }

  /** Watches the files that the plugins have now. */
  #take(): void {
    let names: string[];
    try {
      names = this.#manager.listPlugins();
    } catch {
      // The manager is closed.
      this.close();
      return;
    }
    const files = names.map((name) => this.#manager.files(name));
    const loader = loaders.get(this.#manager);
    const sought = files.map((paths) => loader?.soughtOf(paths) ?? []);
    native.attachmentFollow(this.#handle, names, files, sought);
  }

  async #react(paths: string[], notice: string | null): Promise<void> {
    const [reports, errors] = await this.#reload();
    // What runs already what is there now is no news.
    if (reports.length + errors.length > 0 || notice !== null) {
      this.#parts.tell(new Change(new Told(paths, notice, reports, errors)));
    }
  }

  async #reload(): Promise<Results> {
    const results: Results = [[], []];
    for (const name of this.#due()) {
      try {
        const { withState } = this.#parts.options;
        this.#add(
          results,
          await (withState ? this.#manager.reloadWithStateAsync(name) : this.#manager.reloadAsync(name)),
        );
      } catch (error) {
        this.#fail(results, name, error);
      }
    }
    return results;
  }

  /** Takes the plugins to reload, one by one; none while that is under way, which takes what is due as well. */
  *#due(): Generator<string, void, undefined> {
    if (this.#isReloading) return;
    this.#isReloading = true;
    try {
      for (let name = this.#next(); name !== null; name = this.#next()) yield name;
    } finally {
      this.#isReloading = false;
    }
  }

  #next(): string | null {
    return native.attachmentNext(this.#handle);
  }

  #add([reports]: Results, report: ReloadReport): void {
    if (report.outcome === "swapped") native.attachmentSwapped(this.#handle, [...report.closure]);
    if (report.outcome !== "unchanged") reports.push(report);
  }

  #fail([, errors]: Results, name: string, error: unknown): void {
    if (isPairityError(error, "ERR_PLUGIN_BUSY")) native.attachmentPostpone(this.#handle, name);
    // A plugin that is not there any more needs no reload.
    else if (!isPairityError(error, "ERR_KEY")) errors.push(error);
  }
}

function reportsOf([reports, errors]: Results): ReloadReport[] {
  if (errors.length > 0) throw errors[0];
  return reports;
}
