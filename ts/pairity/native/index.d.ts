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
  vector2DNew(x: number, y: number): Handle<"Vector2D">;
  vector2DFromJson(data: object): Handle<"Vector2D">;
  vector2DClone(handle: Handle<"Vector2D">): Handle<"Vector2D">;
  vector2DParts(handle: Handle<"Vector2D">): [number, number];
  vector2DX(handle: Handle<"Vector2D">): number;
  vector2DY(handle: Handle<"Vector2D">): number;
  vector2DMagnitude(handle: Handle<"Vector2D">): number;
  vector2DAngle(handle: Handle<"Vector2D">): number;
  vector2DDot(handle: Handle<"Vector2D">, other: Handle<"Vector2D">): number;
  vector2DCross(handle: Handle<"Vector2D">, other: Handle<"Vector2D">): number;
  vector2DDistanceTo(handle: Handle<"Vector2D">, other: Handle<"Vector2D">): number;
  vector2DLerp(handle: Handle<"Vector2D">, other: Handle<"Vector2D">, t: number): Handle<"Vector2D">;
  vector2DNormalized(handle: Handle<"Vector2D">): Handle<"Vector2D">;
  vector2DSetX(handle: Handle<"Vector2D">, x: number): void;
  vector2DSetY(handle: Handle<"Vector2D">, y: number): void;
  vector2DAdd(handle: Handle<"Vector2D">, other: Handle<"Vector2D">): Handle<"Vector2D">;
  vector2DSub(handle: Handle<"Vector2D">, other: Handle<"Vector2D">): Handle<"Vector2D">;
  vector2DScale(handle: Handle<"Vector2D">, factor: number): Handle<"Vector2D">;
  vector2DNeg(handle: Handle<"Vector2D">): Handle<"Vector2D">;
  vector2DAddAssign(handle: Handle<"Vector2D">, other: Handle<"Vector2D">): void;
  vector2DSubAssign(handle: Handle<"Vector2D">, other: Handle<"Vector2D">): void;
  vector2DEquals(handle: Handle<"Vector2D">, other: Handle<"Vector2D">): boolean;
  vector2DText(handle: Handle<"Vector2D">): string;
  vector2DClose(handle: Handle<"Vector2D">): null;
  vector2DArrayFrom(rows: readonly (readonly number[])[]): Float64Array;
  vector2DArrayFromJson(data: object): Float64Array;
  vector2DArrayFloatsIn(n: Integer): number;
  vector2DArrayIsCopied(buffer: Float64Array, options: object | null | undefined): boolean;
  vector2DArrayRefuse(other: unknown): void;
  vector2DArrayLength(buffer: Float64Array | undefined): number;
  vector2DArrayPairs(buffer: Float64Array | undefined): ([number, number])[];
  vector2DArrayGet(buffer: Float64Array | undefined, index: Integer): Handle<"Vector2D">;
  vector2DArraySet(buffer: Float64Array | undefined, index: Integer, value: readonly number[]): void;
  vector2DArrayAdd(buffer: Float64Array | undefined, other: Float64Array | undefined, result: Float64Array): void;
  vector2DArrayScale(buffer: Float64Array | undefined, factor: number, result: Float64Array): void;
  vector2DArrayDot(buffer: Float64Array | undefined, other: Float64Array | undefined, result: Float64Array): void;
  vector2DArrayMagnitudes(buffer: Float64Array | undefined, result: Float64Array): void;
  vector2DArraySum(buffer: Float64Array | undefined): Handle<"Vector2D">;
  vector2DArrayEquals(buffer: Float64Array | undefined, other: Float64Array | undefined): boolean;
  vector2DArrayText(buffer: Float64Array | undefined): string;
}
