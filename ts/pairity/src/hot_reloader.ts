import { inspect } from "node:util";
import { type Handle, native } from "./native.ts";
import { pathText } from "./path.ts";

/** How {@link HotReloader.checkChanges} looks. */
export interface CheckOptions {
  /**
   * Does not read a file again when its size, its times and its inode are those of the last reading, unless they were
   * younger than 2 seconds then.
   */
  trustStat?: boolean;
}

/**
 * Watches files and directories and tells which of them have changed since the last question.
 *
 * A change is a change of content: a touch is none; an edit of the same size, an edit whose time was put back, an
 * atomic save, a deletion and a new file are. No event is needed for that and none can be missed.
 *
 * @example
 * const reloader = new HotReloader();
 * reloader.watch("plugins");
 * reloader.checkChanges(); // []
 */
export class HotReloader {
  readonly #handle: Handle<"HotReloader"> = native.hotReloaderNew();

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

  /** Stops watching everything; every later call throws `ERR_STATE`, except `close` itself. */
  close(): void {
    native.hotReloaderClose(this.#handle);
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
}
