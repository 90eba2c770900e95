/**
 * The standard library as declaration files see it, reduced to the names.
 *
 * TypeScript's own library takes half a second to parse and bind; to read a package's surface only the identity of
 * `Array`, `Promise`, … matters, never their methods.
 */
export const LIBRARY = `
interface Object {} interface Function {} interface CallableFunction extends Function {}
interface NewableFunction extends Function {} interface IArguments {} interface String {} interface Number {}
interface Boolean {} interface BigInt {} interface Symbol {} interface RegExp { readonly source: string }
interface Date { getTime(): number } interface URL { readonly href: string }
interface Error { name: string; message: string; stack?: string; cause?: unknown }
interface ErrorConstructor { new (message?: string, options?: { cause?: unknown }): Error; (message?: string): Error }
declare var Error: ErrorConstructor;
interface TypeError extends Error {} declare var TypeError: ErrorConstructor;
interface RangeError extends Error {} declare var RangeError: ErrorConstructor;
interface SymbolConstructor {
  readonly iterator: unique symbol; readonly asyncIterator: unique symbol; readonly dispose: unique symbol;
  readonly asyncDispose: unique symbol; readonly toPrimitive: unique symbol; readonly toStringTag: unique symbol;
  readonly hasInstance: unique symbol; for(key: string): symbol;
}
declare var Symbol: SymbolConstructor;
interface Array<T> { length: number; [n: number]: T } interface ReadonlyArray<T> { readonly [n: number]: T }
interface ArrayLike<T> { readonly length: number; readonly [n: number]: T }
interface Promise<T> { then(f: (value: T) => void): void } interface PromiseLike<T> { then(f: (value: T) => void): void }
interface Map<K, V> { get(key: K): V | undefined } interface ReadonlyMap<K, V> { get(key: K): V | undefined }
interface WeakMap<K, V> { get(key: K): V | undefined }
interface Set<T> { has(value: T): boolean } interface ReadonlySet<T> { has(value: T): boolean }
interface IteratorResult<T, R = any> { done?: boolean; value: T | R }
interface Iterator<T, R = any, N = any> { next(value?: N): IteratorResult<T, R> }
interface Iterable<T, R = any, N = any> { [Symbol.iterator](): Iterator<T, R, N> }
interface IterableIterator<T, R = any, N = any> extends Iterator<T, R, N> {}
interface IteratorObject<T, R = any, N = any> extends Iterator<T, R, N> {}
interface ArrayIterator<T> extends Iterator<T> {}
interface Generator<T, R = any, N = any> extends Iterator<T, R, N> {}
interface AsyncIterator<T, R = any, N = any> { next(value?: N): Promise<IteratorResult<T, R>> }
interface AsyncIterable<T, R = any, N = any> { [Symbol.asyncIterator](): AsyncIterator<T, R, N> }
interface AsyncIterableIterator<T, R = any, N = any> extends AsyncIterator<T, R, N> {}
interface AsyncGenerator<T, R = any, N = any> extends AsyncIterator<T, R, N> {}
interface Disposable { [Symbol.dispose](): void } interface AsyncDisposable { [Symbol.asyncDispose](): Promise<void> }
interface ArrayBuffer { readonly byteLength: number } interface SharedArrayBuffer { readonly byteLength: number }
type ArrayBufferLike = ArrayBuffer | SharedArrayBuffer;
interface ArrayBufferView { readonly buffer: ArrayBufferLike } interface DataView { readonly byteOffset: number }
interface Uint8Array<B = any> { [n: number]: number } interface Uint8ClampedArray<B = any> { [n: number]: number }
interface Int8Array<B = any> { [n: number]: number } interface Int16Array<B = any> { [n: number]: number }
interface Uint16Array<B = any> { [n: number]: number } interface Int32Array<B = any> { [n: number]: number }
interface Uint32Array<B = any> { [n: number]: number } interface Float32Array<B = any> { [n: number]: number }
interface Float64Array<B = any> { [n: number]: number } interface BigInt64Array<B = any> { [n: number]: bigint }
interface BigUint64Array<B = any> { [n: number]: bigint }
interface Buffer<B = any> extends Uint8Array { readonly isBuffer: true }
interface AbortSignal { readonly aborted: boolean }
type Partial<T> = { [P in keyof T]?: T[P] }; type Required<T> = { [P in keyof T]-?: T[P] };
type Readonly<T> = { readonly [P in keyof T]: T[P] }; type Pick<T, K extends keyof T> = { [P in K]: T[P] };
type Record<K extends keyof any, T> = { [P in K]: T }; type Exclude<T, U> = T extends U ? never : T;
type Extract<T, U> = T extends U ? T : never; type Omit<T, K extends keyof any> = Pick<T, Exclude<keyof T, K>>;
type NonNullable<T> = T & {}; type Awaited<T> = T extends Promise<infer U> ? U : T; type NoInfer<T> = T;
type Parameters<T> = T extends (...args: infer P) => any ? P : never;
type ReturnType<T> = T extends (...args: any) => infer R ? R : any;
type ConstructorParameters<T> = T extends new (...args: infer P) => any ? P : never;
type InstanceType<T> = T extends new (...args: any) => infer R ? R : any;
type Uppercase<S extends string> = intrinsic; type Lowercase<S extends string> = intrinsic;
type Capitalize<S extends string> = intrinsic; type Uncapitalize<S extends string> = intrinsic;
declare namespace NodeJS { interface ArrayBufferView {} interface ErrnoException extends Error { code?: string } }
declare module "util" { export namespace inspect { const custom: unique symbol } }
declare module "node:util" { export namespace inspect { const custom: unique symbol } }
declare module "buffer" { export { Buffer } } declare module "node:buffer" { export { Buffer } }
declare module "url" { export { URL } } declare module "node:url" { export { URL } }
`;
