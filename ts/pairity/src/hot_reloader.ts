import { inspect } from "node:util";
import { Attachment, type AttachOptions, Parts } from "./attachment.ts";
import { Change, Told } from "./change.ts";
import { ChangeStream } from "./change_stream.ts";
import { type Handle, native } from "./native.ts";
import { pathText } from "./path.ts";
import { PluginManager } from "./plugin_manager.ts";

/** How {@link HotReloader.checkChanges} looks. */
export interface CheckOptions {
  /**
   * Does not read a file again when its size, its times and its inode are those of the last reading, unless they were
   * younger than 2 seconds then.
   */
  trustStat?: boolean;
}

/** How a {@link HotReloader} learns of changes. */
export interface ReloaderOptions {
  /** Relies on no events of the system. */
  poll?: boolean;
}

/** Ends a subscription when it is called or disposed of; a second time it does nothing. */
export interface Subscription {
  (): void;
  [Symbol.dispose](): void;
}

/**
 * Watches files and directories and tells which of them have changed, when it is asked and when it happens.
 *
 * A change is a change of content: a touch is none; an edit of the same size, an edit whose time was put back, an
 * atomic save, a deletion and a new file are. `checkChanges` compares: no event is needed for it and none can be missed.
 * `onChange` and `for await` tell of changes as they happen, a few milliseconds after a file is closed, one save once.
 * What the one tells the other tells as well.
 *
 * While somebody listens, iterates or is attached live, the reloader keeps the process alive.
 *
 * Where the system tells of no events, or its limits are reached, files are looked at four times a second; a change with
 * a `notice` says so.
 *
 * @example
 * const reloader = new HotReloader();
 * reloader.watch("plugins");
 * reloader.checkChanges(); // []
 */
export class HotReloader implements AsyncIterable<Change> {
  readonly #handle: Handle<"HotReloader">;
  readonly #listeners = new Map<number, (change: Change) => unknown>();
  readonly #streams = new Set<ChangeStream>();
  readonly #attachments = new Set<Attachment>();
  #last = 0;

  /** Creates a reloader that watches nothing. */
  constructor(options?: ReloaderOptions) {
    this.#handle = native.hotReloaderNew(options);
  }

  /** Whether it was made to rely on no events. */
  get polling(): boolean {
    return native.hotReloaderPolling(this.#handle);
  }

  /** The watched paths as they were given, sorted. */
  get watched(): string[] {
    return native.hotReloaderWatched(this.#handle);
  }

  /**
   * Watches a file, or a directory with every file below it, from its present content on.
   *
   * Watching a path a second time changes nothing. Links to directories inside of a watched directory are not followed.
   * Throws `ENOENT`, `EACCES` or another code of the system when the path cannot be read.
   */
  watch(path: string | URL): void {
    native.hotReloaderWatch(this.#handle, pathText(path));
  }

  /** Stops watching a path that was given to {@link watch}. Throws `ERR_KEY` when the path is not watched. */
  unwatch(path: string | URL): void {
    native.hotReloaderUnwatch(this.#handle, pathText(path));
  }

  /**
   * Returns the files that have changed since the last call, or since they are watched: sorted, each once.
   *
   * A watched path that is deleted stays watched: it is reported when it is gone and when it is there again.
   */
  checkChanges(options?: CheckOptions): string[] {
    return native.hotReloaderCheckChanges(this.#handle, options);
  }

  /**
   * Calls `callback` with every {@link Change} from now on.
   *
   * It is called on the event loop. What it throws is an uncaught exception, as what an event handler throws, and the
   * watching goes on. Throws a TypeError when it is no function, and `ERR_STATE` when the reloader is closed.
   *
   * @returns what ends that, a function which is disposable as well
   */
  onChange(callback: (change: Change) => unknown): Subscription {
    native.hotReloaderCheckListener(callback as (change: unknown) => unknown);
    this.#start();
    this.#last += 1;
    const number = this.#last;
    this.#listeners.set(number, callback);
    const end = (): void => {
      if (this.#listeners.delete(number)) this.#rest();
    };
    return Object.assign(end, { [Symbol.dispose]: end });
  }

  /**
   * Iterates over every {@link Change} from now on, until the reloader is closed: `for await`.
   * What comes while nobody waits is one change then. Leaving the loop ends the iteration.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<Change, undefined> {
    this.#start();
    const stream = new ChangeStream((ended) => {
      if (this.#streams.delete(ended)) this.#rest();
    });
    this.#streams.add(stream);
    return stream;
  }

  /**
   * Reloads the plugins of `manager` when their files change: manifest, entry and local imports.
   *
   * With `live` it happens by itself, and who listens is told by a {@link Change} that has the reports; without, only
   * when `check` of the attachment is called. Of plugins that need each other all are reloaded together, once. Plugins
   * that are loaded later are followed as well. A reload that fails leaves the old plugin running, as `reload` does, and
   * the next change is tried again. What happens by itself awaits what plugins return.
   *
   * Throws a TypeError for what is no manager, and `ERR_STATE` when the reloader or the manager is closed.
   *
   * @returns what ends it
   */
  attach(manager: PluginManager, options?: AttachOptions): Attachment {
    if (!(manager instanceof PluginManager)) native.hotReloaderRefuseManager(manager);
    const [live, withState] = native.attachmentOptions(options);
    // It throws when the reloader is closed.
    native.hotReloaderWatched(this.#handle);
    const forget = (attachment: Attachment): void => {
      this.#attachments.delete(attachment);
    };
    const tell = (change: Change): void => this.#tell(change);
    const attachment = new Attachment(new Parts(tell, forget, manager, this.polling, { live, withState }));
    this.#attachments.add(attachment);
    return attachment;
  }

  /** Stops watching everything, and ends iterations; every later call throws `ERR_STATE`, except `close` itself. */
  close(): void {
    native.hotReloaderClose(this.#handle);
    for (const attachment of this.#attachments) attachment.close();
    this.#listeners.clear();
    for (const stream of this.#streams) stream.end();
  }

  /** As {@link close}: `using reloader = new HotReloader()`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Returns `HotReloader(watched=N)`, or `HotReloader(closed)`. */
  toString(): string {
    return native.hotReloaderText(this.#handle);
  }

  /** What `console.log` shows: as {@link toString}. */
  [inspect.custom](): string {
    return this.toString();
  }

  #start(): void {
    // It throws when the reloader is closed.
    native.hotReloaderWatched(this.#handle);
    if (this.#listeners.size + this.#streams.size > 0) return;
    const started = native.hotReloaderStart(this.#handle, ([paths, notice]) => {
      this.#tell(new Change(new Told(paths, notice)));
    });
    started.catch((error: unknown) => this.#tell(new Change(new Told([], null, [], [error]))));
  }

  /** Stops the thread when nobody needs it. */
  #rest(): void {
    if (this.#listeners.size + this.#streams.size === 0) native.hotReloaderStop(this.#handle);
  }

  #tell(change: Change): void {
    for (const callback of this.#listeners.values()) {
      try {
        callback(change);
      } catch (error) {
        // The other listeners hear of the change as well.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
    for (const stream of this.#streams) stream.push(change);
  }
}
