import { inspect } from "node:util";
import { type Handle, type Integer, native } from "./native.ts";
import { pathText } from "./path.ts";
import type { Plugin, PluginLike } from "./plugin.ts";
import { PluginCalls, PluginCore } from "./plugin_calls.ts";
import { check, drive, driveAsync, type Host, isPromise, operate, refuseAsync } from "./plugin_driver.ts";
import { followers, loaders } from "./plugin_followers.ts";
import { frameOf, within, withinAsync } from "./plugin_frames.ts";
import { PluginLoader } from "./plugin_loader.ts";
import { installedPlugins, type ScanInstalledOptions } from "./plugin_packages.ts";
import { ReloadReport, ScanReport } from "./plugin_reports.ts";

type Operation = Handle<"PluginOperation">;

/**
 * Operations that wait for what a plugin has promised and nobody can keep any more, since the promise itself is gone: they
 * are given up, and whoever waits for their end goes on. The manager is held weakly, since its plugin may hold the promise.
 */
const abandoned = new FinalizationRegistry<{ operation: Operation; core: WeakRef<PluginCore> }>(
  ({ operation, core }) => {
    native.pluginOperationAbandon(operation);
    core.deref()?.turn();
  },
);

/** The choices that a {@link PluginManager} is made with. */
export interface PluginManagerOptions {
  /**
   * What an asynchronous call does while its plugin is being changed: it waits, or fails at once with `ERR_PLUGIN_BUSY` as
   * synchronous calls always do. `wait` when left out.
   */
  readonly whenBusy?: "wait" | "fail";
  /** How many calls of one plugin may wait, 0 to 1,000,000, before `ERR_PLUGIN_QUEUE_FULL`; 1,024 when left out. */
  readonly queueLimit?: Integer;
  /**
   * How many milliseconds, 1 to 2,147,483,647, what a method of a plugin returns is awaited before `ERR_PLUGIN_TIMEOUT`;
   * the promise is left alone then. Code that runs without awaiting cannot be interrupted. For ever when left out.
   */
  readonly deadlineMs?: Integer | null;
}

/**
 * Registers, loads, calls, reloads and shuts down plugins.
 *
 * A plugin is any object with a `name` and an `execute(data)`; `version`, `enabled`, `initialize()` or
 * `initialize(context)`, `shutdown()`, `hooks`, `stateSchema`, `saveState()`, `loadState(state, fromSchema)` and
 * `migrate(state, fromSchema)` are used where it has them. `hooks` has for the name of a hook a function, the name of a
 * method, or an object with `call` and, where wanted, `priority`, `before` and `after`. A plugin file is JavaScript or
 * TypeScript that exports a class `Plugin`, or a class or an object as its default. What a plugin throws passes through
 * unchanged. Every method that calls plugins has an `Async` form, which awaits what plugins return.
 *
 * @example
 * const manager = new PluginManager();
 * manager.register(new Plugin("echo", "1.0.0"));
 * manager.execute("echo", "hello"); // "hello"
 * manager.close();
 */
export class PluginManager extends PluginCalls {
  readonly #core: PluginCore;
  readonly #loader = new PluginLoader();

  /** Creates a manager without plugins. Throws a RangeError for options that cannot be so. */
  constructor(options?: PluginManagerOptions) {
    const core = new PluginCore(options);
    super(core);
    this.#core = core;
    loaders.set(this, this.#loader);
  }

  /** Returns the names of the plugins, in order of registration. */
  listPlugins(): string[] {
    return native.pluginManagerListPlugins(this.#core.handle);
  }

  /** Returns the plugin. Throws `ERR_KEY` when there is none of that name. */
  get(name: string): PluginLike {
    return this.#core.plugins.get(native.pluginManagerGet(this.#core.handle, name)) as PluginLike;
  }

  /**
   * Returns the files of a plugin, sorted: its own, its manifest, and what it imports beside it.
   *
   * Those of the last attempt to reload it are among them. None for a plugin that was registered as an object. Throws
   * `ERR_KEY` when there is none of that name.
   */
  files(name: string): string[] {
    const found = native.pluginManagerFiles(this.#core.handle, name);
    return [...new Set([...found, ...this.#loader.filesOf(found)])].sort();
  }

  /**
   * Calls the plugin's `execute` with the data and returns what it returns; a plugin may call others, and itself.
   *
   * Throws `ERR_KEY` when there is none of that name, `ERR_STATE` when it is not initialized, `ERR_PLUGIN_DISABLED`,
   * `ERR_PLUGIN_BUSY` while it is being changed, and `ERR_PLUGIN_ASYNC` when it returns a promise.
   */
  execute(name: string, data: unknown = null): unknown {
    const [id, frame] = native.pluginManagerEnter(this.#core.handle, name, frameOf(this), false) as [number, number];
    let leave = native.pluginManagerSkip;
    try {
      const plugin = this.#enabled(id, name);
      let result: unknown;
      try {
        result = within(this, frame, () => plugin.execute(data));
      } catch (error) {
        this.#core.fail(frame, error);
        throw error;
      }
      if (isPromise(result)) refuseAsync(result, name, "executeAsync");
      leave = native.pluginManagerLeave;
      return result;
    } finally {
      leave(this.#core.handle, frame);
      this.#core.turn();
    }
  }

  /** Calls the plugin's `execute` and awaits what it returns, after a change of the plugin that is under way. */
  async executeAsync(name: string, data: unknown = null): Promise<unknown> {
    const outer = frameOf(this);
    let [id, frame] = native.pluginManagerEnter(this.#core.handle, name, outer, true);
    while (id === 0) {
      // Who came first is let in first, whatever has happened since.
      await this.#core.next(frame);
      [id, frame] = native.pluginManagerEnterAgain(this.#core.handle, name, outer, frame);
    }
    let leave = native.pluginManagerSkip;
    try {
      const plugin = this.#enabled(id, name);
      const result = await withinAsync(this, frame, async () => {
        const result = plugin.execute(data);
        return isPromise(result) ? this.#core.limit(result, name, "execute") : result;
      }).catch((error: unknown) => {
        this.#core.fail(frame, error);
        throw error;
      });
      leave = native.pluginManagerLeave;
      return result;
    } finally {
      leave(this.#core.handle, frame);
      this.#core.turn();
    }
  }

  /**
   * Registers a plugin under its name and initializes it.
   *
   * Throws a RangeError when the name is taken or blank, a TypeError when it is no plugin, and what `initialize` throws;
   * then it is not registered.
   */
  register(plugin: Plugin | PluginLike): void {
    const [operation, name] = this.#register(plugin);
    this.#drive(operation, name, "registerAsync");
  }

  /** As {@link register}, and awaits what `initialize` returns. */
  async registerAsync(plugin: Plugin | PluginLike): Promise<void> {
    const [operation] = this.#register(plugin);
    await this.#driveAsync(operation);
  }

  /**
   * Shuts a plugin down and removes it, also when `shutdown` throws.
   *
   * Throws `ERR_KEY` when there is none of that name, `ERR_PLUGIN_BUSY` while a call of it runs, and `ERR_PLUGIN_NEEDED`
   * while another plugin requires it.
   */
  unregister(name: string): void {
    this.#drive(native.pluginManagerUnregister(this.#core.handle, name, frameOf(this), false), name, "unregisterAsync");
  }

  /** As {@link unregister}, after the calls that run, and awaits what `shutdown` returns. */
  async unregisterAsync(name: string): Promise<void> {
    await this.#driveAsync(native.pluginManagerUnregister(this.#core.handle, name, frameOf(this), true));
  }

  /**
   * Loads a plugin, registers it, and returns its name: a plugin file, a folder with a `plugin.json`, or that file.
   *
   * Throws `ENOENT`, `ERR_PLUGIN_LOAD` when it is no plugin or does not compile, another `ERR_PLUGIN_…` when its manifest
   * is refused or what it requires is not there, `ERR_PLUGIN_ASYNC` when it imports what cannot be required, what the file
   * itself throws, and what {@link register} throws.
   */
  loadFromPath(path: string | URL): string {
    const operation = native.pluginManagerLoadFromPath(this.#core.handle, pathText(path), frameOf(this));
    this.#drive(operation, pathText(path), "loadFromPathAsync");
    return native.pluginOperationName(operation);
  }

  /** As {@link loadFromPath}; imports what cannot be required, and awaits what `initialize` returns. */
  async loadFromPathAsync(path: string | URL): Promise<string> {
    const operation = native.pluginManagerLoadFromPath(this.#core.handle, pathText(path), frameOf(this));
    await this.#driveAsync(operation);
    return native.pluginOperationName(operation);
  }

  /**
   * Loads every plugin of a directory: the files sorted by name, then the folders with a `plugin.json`.
   * A plugin is loaded behind what it requires; a bad one is reported and does not stop the others. Throws `ENOTDIR`.
   */
  scanDirectory(path: string | URL): ScanReport {
    const operation = native.pluginManagerScanDirectory(this.#core.handle, pathText(path), frameOf(this));
    return new ScanReport(operation, this.#drive(operation, pathText(path), "scanDirectoryAsync"));
  }

  /** As {@link scanDirectory}; imports what cannot be required, and awaits what each `initialize` returns. */
  async scanDirectoryAsync(path: string | URL): Promise<ScanReport> {
    const operation = native.pluginManagerScanDirectory(this.#core.handle, pathText(path), frameOf(this));
    return new ScanReport(operation, await this.#driveAsync(operation));
  }

  /**
   * Loads every plugin among the packages that an application names as its dependencies: those with the keyword, sorted
   * by name. A package with a `plugin.json` is loaded as that folder is, another one as its main file; a bad one is
   * reported and does not stop the others. What only a dependency depends on is not looked at.
   */
  scanInstalled(options?: ScanInstalledOptions): ScanReport {
    const operation = this.#scanInstalled(options);
    return new ScanReport(operation, this.#drive(operation, "", "scanInstalledAsync"));
  }

  /** As {@link scanInstalled}; imports what cannot be required, and awaits what each `initialize` returns. */
  async scanInstalledAsync(options?: ScanInstalledOptions): Promise<ScanReport> {
    const operation = this.#scanInstalled(options);
    return new ScanReport(operation, await this.#driveAsync(operation));
  }

  /**
   * Loads the file of a plugin again when its content has changed, and swaps the plugins as a transaction.
   *
   * Plugins that come behind it, by their manifests, are reloaded with it, all or none. What fails is in the report:
   * before an old plugin was shut down it is untouched, later it is initialized again. Throws `ERR_KEY`, `ERR_PLUGIN_STATE` when the plugin was not loaded from a file, and `ERR_PLUGIN_BUSY` while a call
   * of it runs.
   */
  reload(name: string): ReloadReport {
    return this.#reload(name, false, "reloadAsync");
  }

  /** As {@link reload}, after the calls that run, and awaits what the hooks return. */
  reloadAsync(name: string): Promise<ReloadReport> {
    return this.#reloadAsync(name, false);
  }

  /**
   * As {@link reload}; a copy of what `saveState` of the old plugin returns is given to `loadState` of the new one. What is
   * no data, such as a function or an object of a class, changes hands as it is.
   *
   * When their `stateSchema` differs, `migrate(state, fromSchema)` of the new one makes the new form of a copy first,
   * before anything is shut down.
   */
  reloadWithState(name: string): ReloadReport {
    return this.#reload(name, true, "reloadWithStateAsync");
  }

  /** As {@link reloadWithState}, after the calls that run, and awaits what the hooks return. */
  reloadWithStateAsync(name: string): Promise<ReloadReport> {
    return this.#reloadAsync(name, true);
  }

  /**
   * Goes back to the generation that ran before the last reload, with the plugins that were reloaded with it.
   *
   * States are carried, and what ran until now is kept as the previous generation. What fails is in the report. Throws
   * `ERR_KEY`, `ERR_PLUGIN_STATE` when there is no previous generation, and `ERR_PLUGIN_BUSY` while a call of it runs.
   */
  rollback(name: string): ReloadReport {
    const operation = native.pluginManagerRollback(this.#core.handle, name, frameOf(this), false);
    return new ReloadReport(operation, this.#drive(operation, name, "rollbackAsync"));
  }

  /** As {@link rollback}, after the calls that run, and awaits what the hooks return. */
  async rollbackAsync(name: string): Promise<ReloadReport> {
    const operation = native.pluginManagerRollback(this.#core.handle, name, frameOf(this), true);
    return new ReloadReport(operation, await this.#driveAsync(operation));
  }

  /**
   * Shuts every plugin down, in reverse order; every later call throws `ERR_STATE`, except `close` itself.
   * What the first plugin throws is thrown after all of them were shut down.
   */
  close(): void {
    this.#drive(native.pluginManagerClose(this.#core.handle, frameOf(this), false), "", "closeAsync");
  }

  /** As {@link close}, after the calls that run, and awaits what each `shutdown` returns. */
  async closeAsync(): Promise<void> {
    await this.#driveAsync(native.pluginManagerClose(this.#core.handle, frameOf(this), true));
  }

  /** As {@link close}: `using manager = new PluginManager()`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** As {@link closeAsync}: `await using manager = new PluginManager()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.closeAsync();
  }

  /** Returns `PluginManager(plugins=N)`, or `PluginManager(closed)`. */
  override toString(): string {
    return native.pluginManagerText(this.#core.handle);
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }

  #enabled(id: number, name: string): PluginLike {
    const plugin = this.#core.plugins.get(id) as PluginLike;
    if (plugin.enabled === false) native.pluginRefuseDisabled(name);
    return plugin;
  }

  #register(plugin: PluginLike): [Operation, string] {
    const name = check(plugin);
    const id = native.pluginManagerNumber(this.#core.handle);
    const told = this.#core.lives.adopt(id, name, plugin);
    let operation: Operation;
    try {
      operation = native.pluginManagerRegister(this.#core.handle, id, name, told, frameOf(this));
    } catch (error) {
      this.#core.lives.forget(id);
      throw error;
    }
    this.#core.plugins.set(id, plugin);
    return [operation, name];
  }

  #scanInstalled(options: ScanInstalledOptions | undefined): Operation {
    return native.pluginManagerScanInstalled(this.#core.handle, installedPlugins(options), frameOf(this));
  }

  #reload(name: string, withState: boolean, twin: string): ReloadReport {
    const operation = native.pluginManagerReload(this.#core.handle, name, frameOf(this), false, withState);
    return new ReloadReport(operation, this.#drive(operation, name, twin));
  }

  async #reloadAsync(name: string, withState: boolean): Promise<ReloadReport> {
    const operation = native.pluginManagerReload(this.#core.handle, name, frameOf(this), true, withState);
    return new ReloadReport(operation, await this.#driveAsync(operation));
  }

  #drive(operation: Operation, name: string, twin: string): unknown[] {
    try {
      return drive(operate(operation, this.#host(twin)), name);
    } finally {
      this.#change();
    }
  }

  async #driveAsync(operation: Operation): Promise<unknown[]> {
    const steps = operate(operation, this.#host(undefined));
    abandoned.register(steps, { operation, core: new WeakRef(this.#core) }, steps);
    try {
      return await driveAsync(steps, () => this.#core.next());
    } finally {
      abandoned.unregister(steps);
      this.#change();
    }
  }

  #host(twin: string | undefined): Host {
    const { plugins, lives } = this.#core;
    const tell = () => this.#core.events.deliver();
    const limit = this.#core.limit.bind(this.#core);
    return { manager: this, plugins, loader: this.#loader, lives, twin, tell, limit };
  }

  #change(): void {
    this.#core.turn();
    for (const follow of [...followers(this)]) follow();
  }
}
