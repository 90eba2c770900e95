export { Ledger } from "./index.js";

export declare class Rate {
  constructor(name: string, percent?: number | bigint);
  get name(): string;
  applied(amount: number | bigint): number;
  appliedBigInt(amount: number | bigint): bigint;
  equals(other: unknown): boolean;
  toString(): string;
}

export declare function convert(amount: number | bigint, percent: number | bigint): number;
export declare function convertBigInt(amount: number | bigint, percent: number | bigint): bigint;
