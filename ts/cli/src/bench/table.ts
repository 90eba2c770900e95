/** The report of a benchmark as a table for the terminal. */
import Table from "cli-table3";
import pc from "picocolors";
import { type BenchReport, HOSTS, overall, type Timing } from "./bench.ts";
import type { Summary } from "./statistics.ts";

/** A time in the unit that reads best. */
export function time(nanoseconds: number): string {
  const units: [number, string][] = [
    [1e9, "s"],
    [1e6, "ms"],
    [1e3, "µs"],
  ];
  const [size, unit] = units.find(([size]) => nanoseconds >= size) ?? [1, "ns"];
  const value = nanoseconds / size;
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${unit}`;
}

/** A ratio with two significant digits. */
export function ratio(value: number): string {
  return `${value >= 10 ? value.toFixed(0) : value.toPrecision(2)}×`;
}

function cells({ native, plain, speedup }: Timing): string[] {
  const paint = speedup.median >= 1 ? pc.green : pc.yellow;
  return [time(native.min), time(native.median), spread(native), time(plain.median), paint(ratio(speedup.median))];
}

function spread({ spread }: Summary): string {
  return `±${Math.round(spread * 50)} %`;
}

/** One row an operation: minimum, median and spread of the native time, the plain equivalent's median, and the ratio. */
export function benchTable(report: BenchReport): string {
  const table = new Table({
    head: [
      "operation",
      ...HOSTS.flatMap((host) => [`${report.runtimes[host]} min`, "median", "spread", "plain", "plain/native"]),
    ],
    colAligns: ["left", ...Array.from({ length: 10 }, () => "right" as const)],
    style: { head: [], border: [], compact: true },
  });
  for (const { id, timings } of report.operations) {
    table.push([id, ...HOSTS.flatMap((host) => cells(timings[host]))]);
  }
  const overhead = HOSTS.map((host) => {
    const { loop, call } = report.overhead[host];
    return `${report.runtimes[host]}: the empty loop ${time(loop.median)} a turn, a call of an empty function ${time(call.median)}`;
  });
  const speedups = HOSTS.map((host) => `${host} ${ratio(overall(report, host))}`);
  return [
    table.toString(),
    `Times of one operation, loop included. ${overhead.join("; ")}.`,
    `${report.rounds} interleaved rounds. Median of plain/native over all operations: ${speedups.join(", ")}.`,
  ].join("\n");
}
