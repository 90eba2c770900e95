/**
 * The native functions of `pairity`. Generated from crates/node-bindings by `npm run types`; do not edit.
 */

/** An integer of 64 bits: a safe integer, or a bigint. */
export type Integer = number | bigint;

declare const handle: unique symbol;

/** An object of the core; only the class that made it can use it. */
export interface Handle<Class extends string> {
  readonly [handle]: Class;
}

export interface Native {
  counterNew(value: Integer): Handle<"Counter">;
  counterFromJson(data: object): Handle<"Counter">;
  counterClone(handle: Handle<"Counter">): Handle<"Counter">;
  counterValue(handle: Handle<"Counter">): number;
  counterValueBigInt(handle: Handle<"Counter">): bigint;
  counterState(handle: Handle<"Counter">): [number | string, number | string | null, number | string | null];
  counterDivide(handle: Handle<"Counter">, divisor: Integer): number;
  counterSet(handle: Handle<"Counter">, value: Integer): void;
  counterReset(handle: Handle<"Counter">): number;
  counterResetBigInt(handle: Handle<"Counter">): bigint;
  counterIncrement(handle: Handle<"Counter">): number;
  counterIncrementBigInt(handle: Handle<"Counter">): bigint;
  counterDecrement(handle: Handle<"Counter">): number;
  counterDecrementBigInt(handle: Handle<"Counter">): bigint;
  counterAdd(handle: Handle<"Counter">, n: Integer): number;
  counterAddBigInt(handle: Handle<"Counter">, n: Integer): bigint;
  counterSetRange(handle: Handle<"Counter">, minimum: Integer, maximum: Integer): void;
  counterClearRange(handle: Handle<"Counter">): void;
  counterEquals(handle: Handle<"Counter">, other: Handle<"Counter">): boolean;
  counterText(handle: Handle<"Counter">): string;
  counterClose(handle: Handle<"Counter">): null;
  pluginNew(name: string, version: string): Handle<"Plugin">;
  pluginName(handle: Handle<"Plugin">): string;
  pluginVersion(handle: Handle<"Plugin">): string;
  pluginEnabled(handle: Handle<"Plugin">): boolean;
  pluginSetEnabled(handle: Handle<"Plugin">, enabled: boolean): void;
  pluginInitialize(handle: Handle<"Plugin">): void;
  pluginShutdown(handle: Handle<"Plugin">): void;
  pluginReady(handle: Handle<"Plugin">): void;
  pluginText(handle: Handle<"Plugin">): string;
  pluginManagerNew(): Handle<"PluginManager">;
  pluginManagerGet(handle: Handle<"PluginManager">, name: string): number;
  pluginManagerListPlugins(handle: Handle<"PluginManager">): (string)[];
  pluginManagerNumber(handle: Handle<"PluginManager">): number;
  pluginManagerEnter(handle: Handle<"PluginManager">, name: string, frame: Integer, canWait: boolean): [number, number] | null;
  pluginManagerLeave(handle: Handle<"PluginManager">, frame: Integer): void;
  pluginManagerText(handle: Handle<"PluginManager">): string;
  pluginManagerCheck(plugin: unknown, name: string, execute: unknown): string;
  pluginManagerRegister(handle: Handle<"PluginManager">, id: Integer, name: string, frame: Integer): Handle<"PluginOperation">;
  pluginManagerUnregister(handle: Handle<"PluginManager">, name: string, frame: Integer, canWait: boolean): Handle<"PluginOperation">;
  pluginManagerLoadFromPath(handle: Handle<"PluginManager">, path: string, frame: Integer): Handle<"PluginOperation">;
  pluginManagerScanDirectory(handle: Handle<"PluginManager">, path: string, frame: Integer): Handle<"PluginOperation">;
  pluginManagerReload(handle: Handle<"PluginManager">, name: string, frame: Integer, canWait: boolean, withState: boolean): Handle<"PluginOperation">;
  pluginManagerClose(handle: Handle<"PluginManager">, frame: Integer, canWait: boolean): Handle<"PluginOperation">;
  pluginOperationStart(handle: Handle<"PluginOperation">): [string, number, number, string | null];
  pluginOperationDone(handle: Handle<"PluginOperation">): [string, number, number, string | null];
  pluginOperationAbsent(handle: Handle<"PluginOperation">): [string, number, number, string | null];
  pluginOperationPrepared(handle: Handle<"PluginOperation">, content: string): [string, number, number, string | null];
  pluginOperationConstructed(handle: Handle<"PluginOperation">, name: string): [string, number, number, string | null];
  pluginOperationFailed(handle: Handle<"PluginOperation">, code: string | null | undefined, message: string, line: Integer | null | undefined): [string, number, number, string | null];
  pluginOperationName(handle: Handle<"PluginOperation">): string;
  pluginOperationText(handle: Handle<"PluginOperation">): string;
  pluginOperationScanReport(handle: Handle<"PluginOperation">): [(string)[], ([string, string])[], ([string, string, string, number | null])[]];
  pluginOperationReloadReport(handle: Handle<"PluginOperation">): [string, string, number, boolean];
  pluginOperationFailure(handle: Handle<"PluginOperation">): [string, string, string, number | null] | null;
  pluginOperationThrown(handle: Handle<"PluginOperation">): number | null;
  pluginOperationPhaseTimes(handle: Handle<"PluginOperation">): ([string, number])[];
  pluginOperationThrowFailure(handle: Handle<"PluginOperation">): void;
  pluginRefuseDisabled(name: string): never;
  pluginRefuseBusy(name: string): never;
  pluginRefuseAsync(plugin: string, twin: string): never;
  pluginRefuseFile(path: string): never;
  pluginRefuseSyntax(path: string, reason: string): never;
  hotReloaderNew(): Handle<"HotReloader">;
  hotReloaderWatch(handle: Handle<"HotReloader">, path: string): void;
  hotReloaderUnwatch(handle: Handle<"HotReloader">, path: string): void;
  hotReloaderWatched(handle: Handle<"HotReloader">): (string)[];
  hotReloaderCheckChanges(handle: Handle<"HotReloader">, options: object | null | undefined): (string)[];
  hotReloaderText(handle: Handle<"HotReloader">): string;
  hotReloaderClose(handle: Handle<"HotReloader">): void;
}
