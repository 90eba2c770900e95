export declare class LedgerError extends Error {
  constructor(message: string, code: string, options?: ErrorOptions);
  code: string;
}

export declare class Ledger {
  constructor(balance?: number | bigint, options?: { label?: string });
  get balance(): number;
  get balanceBigInt(): bigint;
  get label(): string;
  set label(value: string);
  deposit(amount: number | bigint): number;
  depositBigInt(amount: number | bigint): bigint;
  withdraw(amount: number | bigint, options?: { force?: boolean }): number;
  withdrawBigInt(amount: number | bigint, options?: { force?: boolean }): bigint;
  scale(factor: number): number;
  describe(ratio: number): string;
  counts(): Record<string, number>;
  history(): number[];
  find(word: string): string | null;
  echo(text: string): string;
  itself(): Ledger;
  settle(amounts: (number | bigint)[]): number;
  each(callback: (index: number) => void): number;
  wait(rounds: number | bigint): Promise<number>;
  toString(): string;
}

export declare class Token {
  constructor(text: string);
  get text(): string;
  equals(other: unknown): boolean;
  hashCode(): number;
  toString(): string;
}

export declare class Steps implements IterableIterator<number> {
  constructor(count: number | bigint);
  [Symbol.iterator](): this;
  next(): IteratorResult<number>;
}

export declare class Drawer implements Disposable {
  [Symbol.dispose](): void;
  toString(): string;
}

export declare class Vault implements AsyncDisposable {
  [Symbol.asyncDispose](): Promise<void>;
  toString(): string;
}
