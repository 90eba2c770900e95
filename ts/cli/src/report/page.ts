/** The report as one self-contained HTML page. */
import { CAUSES } from "../compare/causes.ts";
import { SEVERITY_TITLES } from "../compare/difference.ts";
import { countBySeverity, group } from "./group.ts";
import { html, page } from "./layout.ts";
import { notes } from "./page-notes.ts";
import type { Finding, FindingGroup, Report, Row, SideReport } from "./report.ts";

const STYLE = `
.verdict { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: baseline; margin: 1.25rem 0; padding: 1rem 1.25rem;
  border: 1px solid var(--line); border-left: .35rem solid var(--bad); border-radius: .5rem; background: var(--panel); }
.verdict.good-run { border-left-color: var(--good); } .verdict strong { font-size: 1.35rem; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: .75rem; margin: 1rem 0; }
.side { padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem; overflow-wrap: anywhere; }
.side h3, .answer h4 { margin: 0; font-size: .8rem; letter-spacing: .04em; text-transform: uppercase; }
.python { color: var(--python); } .node { color: var(--node); }
.side b { font-size: 1.05rem; } .side p { margin: .15rem 0 0; font-size: .85rem; }
.numbers { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; }
.badge { display: inline-block; padding: .05rem .55rem; border-radius: 1rem; font-size: .8rem; font-weight: 600; white-space: nowrap;
  border: 1px solid currentColor; }
.wrong_value, .crash { color: var(--bad); } .acceptance, .error_identity { color: var(--warn); } .message, .style { color: var(--soft); }
.finding { border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.25rem; margin: 0 0 1rem; }
.finding > header { display: flex; flex-wrap: wrap; gap: .4rem .75rem; align-items: center; }
.finding h3 { margin: 0; font-size: 1.05rem; } .finding p { margin: .5rem 0; }
.finding code.member { font-weight: 600; overflow-wrap: anywhere; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: .75rem; margin: .75rem 0; }
.answer { min-width: 0; } .answer pre { margin: .35rem 0 0; border-bottom-left-radius: 0; border-bottom-right-radius: 0; }
.answer output { display: block; padding: .5rem 1rem; border: 1px solid var(--line); border-top: 0; font: .85rem/1.5 ui-monospace, monospace;
  border-radius: 0 0 .5rem .5rem; overflow-wrap: anywhere; white-space: pre-wrap; }
details { margin: .5rem 0; } summary { cursor: pointer; } .finding .id { margin-left: auto; font-size: .8rem; }
.fix { border-left: 3px solid var(--line); padding-left: .75rem; }
ul.plain { list-style: none; padding: 0; margin: .5rem 0; } ul.plain li { padding: .2rem 0; overflow-wrap: anywhere; max-width: none; }
@media (max-width: 40rem) { .wide { display: none; } .finding { padding: .85rem .9rem; } th, td { padding: .35rem .4rem; } }
`;

/** Render the page. */
export function renderPage(report: Report): string {
  const open = report.findings.filter((one) => one.known === null);
  const groups = group(open);
  const [python, node] = report.sides;
  const title = `Pairity: ${python?.module ?? "?"} and ${node?.module ?? "?"}`;
  return page(
    title,
    STYLE,
    html`
      <header>
        <h1>${python?.module ?? "?"} <span class="soft">and</span> ${node?.module ?? "?"}</h1>
        <p class="soft">Does the Python binding do what the Node binding does? A parity report by Pairity ${report.tool.version}.</p>
      </header>
      ${verdict(report, open)}
      <div class="sides">${report.sides.map(side)}</div>
      ${report.skew !== null && html`<p class="warn">${report.skew}</p>`}
      <h2>Classes</h2>
      ${table(report.rows)}
      <h2>Findings</h2>
      ${groups.length === 0 ? html`<p class="good">No differences.</p>` : groups.map((one, index) => finding(one, index + 1))}
      ${notes(report)}
    `,
  );
}

function verdict(report: Report, open: Finding[]) {
  const { totals } = report;
  const number = (value: number) => value.toLocaleString("en");
  const text = open.length === 0 ? "0 differences" : `${open.length} finding${open.length === 1 ? "" : "s"}`;
  const passed = report.verdict.exit === 0;
  return html`<section class=${passed ? "verdict good-run" : "verdict"}>
    <strong class=${passed ? "good" : "bad"}>${text}</strong>
    <span class="numbers">
      ${countBySeverity(open).map(([severity, count]) => html`<span class=${severity}>${count} ${SEVERITY_TITLES[severity]}</span>`)}
    </span>
    <span class="numbers soft">
      <span>${number(totals.cases)} cases</span><span>${number(totals.programs)} random programs</span>
      <span>${number(totals.compared)} steps compared</span><span>seed ${report.seed}</span>
    </span>
    ${report.verdict.reasons.map((reason) => html`<span class=${passed ? "good" : "bad"}>${reason}</span>`)}
  </section>`;
}

function side(one: SideReport) {
  const artefacts = one.artefacts.filter((artefact) => artefact.kind === "native" || artefact.kind === "wasm");
  return html`<section class="side">
    <h3 class=${one.host}>${one.host === "python" ? "Python" : "Node"}</h3>
    <b>${one.module}</b> ${one.version ?? ""}
    <p class="soft">${one.runtime}</p>
    ${artefacts
      .slice(0, 2)
      .map(
        (artefact) =>
          html`<p class="soft">${artefact.kind}: ${artefact.file.split(/[\\/]/).slice(-1)}${artefact.note ? ` (${artefact.note})` : ""}</p>`,
      )}
  </section>`;
}

function table(rows: readonly Row[]) {
  const number = (value: number) => value.toLocaleString("en");
  return html`<div class="scroll"><table>
    <thead><tr><th>class</th><th>members</th><th class="wide">cases</th><th class="wide">programs</th><th>steps</th><th>differences</th></tr></thead>
    <tbody>
      ${rows.map(
        (row) => html`<tr>
          <td>${row.name}</td>
          <td class=${row.exercised === row.members ? "" : "warn"}>
            ${row.exercised === row.members ? row.members : `${row.exercised} of ${row.members}`}
          </td>
          <td class="wide">${number(row.cases)}</td><td class="wide">${number(row.programs)}</td><td>${number(row.steps)}</td>
          <td class=${row.differences === 0 ? "good" : "bad"}>${number(row.differences)}</td>
        </tr>`,
      )}
    </tbody>
  </table></div>`;
}

function finding(one: FindingGroup, index: number) {
  const first = one.findings[0]!;
  const cause = CAUSES[one.cause];
  const rest = one.findings.slice(1);
  return html`<article class="finding" id=${first.id}>
    <header>
      <span class=${`badge ${one.severity}`}>${SEVERITY_TITLES[one.severity]}</span>
      <h3>${index}. ${cause.title}</h3>
      <a class="id soft" href=${`#${first.id}`}>${first.id}</a>
    </header>
    <p><code class="member">${first.member}</code>${rest.length > 0 && html` <span class="soft">and ${rest.length} more</span>`}: ${first.summary}${first.where === null ? "" : ` (${first.where})`}.</p>
    ${answers(first)}
    <p class="soft">${prose(cause.why)}</p>
    <p class="fix"><b>Fix.</b> ${prose(cause.fix)}</p>
    ${
      rest.length > 0 &&
      html`<details>
        <summary>The same in ${rest.length} more: ${rest
          .slice(0, 6)
          .map((other) => other.member)
          .join(", ")}${rest.length > 6 ? ", …" : ""}</summary>
        ${rest.map((other) => html`<section id=${other.id}><p><code class="member">${other.member}</code>: ${other.summary}.</p>${answers(other)}</section>`)}
      </details>`
    }
  </article>`;
}

/** Text with its code in backquotes. */
function prose(text: string) {
  return text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}

function answers(one: Finding) {
  return html`<div class="pair">
    ${(["python", "node"] as const).map(
      (host) => html`<div class="answer">
        <h4 class=${host}>${host === "python" ? "Python" : "TypeScript"}</h4>
        <pre><code>${one.snippets[host].trimEnd()}</code></pre>
        <output>${one.answers[host]}</output>
      </div>`,
    )}
  </div>`;
}
