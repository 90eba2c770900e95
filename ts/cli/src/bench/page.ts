/** The report of a benchmark as an HTML page of bars. */
import { html, page } from "../report/layout.ts";
import { type BenchReport, HOSTS, type Host, overall, type Timing } from "./bench.ts";
import { ratio, time } from "./table.ts";

const STYLE = `
.operation { display: grid; grid-template-columns: minmax(9rem, 14rem) 1fr; gap: .1rem 1rem; padding: .6rem 0;
  border-bottom: 1px solid var(--line); }
.operation h3 { margin: 0; font-size: 1rem; font-weight: 600; grid-row: span 2; overflow-wrap: anywhere; }
.lane { display: grid; grid-template-columns: 1fr 5.5rem; gap: .6rem; align-items: center; font-size: .85rem; }
.bar { height: .7rem; border-radius: .2rem; min-width: 2px; } .bar.python { background: var(--python); }
.bar.node { background: var(--node); } .bar.plain { opacity: .35; margin-top: 2px; }
.key { display: inline-block; width: .8rem; height: .8rem; border-radius: .2rem; margin: 0 .35rem 0 1rem; }
@media (max-width: 40rem) { .operation { grid-template-columns: 1fr; } }
`;

/** Bars share a logarithmic axis: times span five orders of magnitude. */
function axis(report: BenchReport): (nanoseconds: number) => string {
  const all = report.operations.flatMap(({ timings }) =>
    HOSTS.flatMap((host) => [timings[host].native.median, timings[host].plain.median]),
  );
  const low = Math.log10(Math.min(...all)) - 0.3;
  const high = Math.log10(Math.max(...all));
  return (nanoseconds) => `${(100 * (Math.log10(nanoseconds) - low)) / (high - low)}%`;
}

function lane(host: Host, timing: Timing, width: (nanoseconds: number) => string) {
  const verdict = timing.speedup.median >= 1 ? "good" : "warn";
  return html`<div class="lane">
    <div title=${`native ${time(timing.native.median)}, plain ${time(timing.plain.median)}`}>
      <div class=${`bar ${host}`} style=${`width:${width(timing.native.median)}`}></div>
      <div class=${`bar plain ${host}`} style=${`width:${width(timing.plain.median)}`}></div>
    </div>
    <div>${time(timing.native.median)}<br /><span class=${verdict}>${ratio(timing.speedup.median)}</span></div>
  </div>`;
}

/** A self-contained page: a pair of bars for each operation and runtime, then every figure as a table. */
export function benchPage(report: BenchReport): string {
  const width = axis(report);
  const rows = report.operations.flatMap(({ id, timings }) =>
    HOSTS.map((host) => {
      const { native, plain, speedup } = timings[host];
      return html`<tr>
        <td>${id}</td><td>${host}</td><td>${time(native.min)}</td><td>${time(native.median)}</td>
        <td>±${Math.round(native.spread * 50)} %</td><td>${time(plain.median)}</td><td>${ratio(speedup.median)}</td>
      </tr>`;
    }),
  );
  const body = html`
    <h1>Benchmark</h1>
    <p class="soft">
      ${HOSTS.map((host) => report.runtimes[host]).join(" and ")}, ${report.rounds} interleaved rounds. Medians, on a
      logarithmic axis. The figure below each time is the plain equivalent's time by the native one's: above 1, native is
      faster. Median over all operations:
      ${" "}${HOSTS.map((host) => `${host} ${ratio(overall(report, host))}`).join(", ")}.
    </p>
    <p class="soft">
      ${HOSTS.map((host) => {
        const { loop, call } = report.overhead[host];
        return `${report.runtimes[host]}: the empty loop takes ${time(loop.median)} a turn, a call of an empty function ${time(call.median)}. `;
      })}
    </p>
    <p>
      ${HOSTS.map((host) => html`<span class="key" style=${`background:var(--${host})`}></span>${report.runtimes[host]}`)}
      <span class="soft"> (pale: the plain equivalent)</span>
    </p>
    ${report.operations.map(
      ({ id, timings }) =>
        html`<section class="operation"><h3>${id}</h3>${HOSTS.map((host) => lane(host, timings[host], width))}</section>`,
    )}
    <h2>Figures</h2>
    <div class="scroll">
      <table>
        <thead><tr>
          <th>operation</th><th>runtime</th><th>min</th><th>median</th><th>spread</th><th>plain</th><th>plain/native</th>
        </tr></thead>
        <tbody>${rows}</tbody>
      </table>
    </div>`;
  return page("Pairity benchmark", STYLE, body);
}
