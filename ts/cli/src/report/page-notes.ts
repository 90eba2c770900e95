/** The lists below the findings of the HTML page: what was not compared, and what hosts do by nature. */
import { CAUSES } from "../compare/causes.ts";
import { html } from "./layout.ts";
import type { Report } from "./report.ts";

function list(title: string, items: readonly unknown[], isOpen = false) {
  if (items.length === 0) return null;
  return html`<details open=${isOpen}>
    <summary>${title} <span class="soft">(${items.length})</span></summary>
    <ul class="plain">${items.map((item) => html`<li>${item}</li>`)}</ul>
  </details>`;
}

/** Everything a reader needs to judge how much the report covers. */
export function notes(report: Report) {
  const { alignment } = report;
  const number = (value: number) => value.toLocaleString("en");
  const counts = (record: Record<string, number | undefined>) =>
    Object.entries(record)
      .filter(([, count]) => (count ?? 0) > 0)
      .map(([name, count]) => `${name}: ${number(count ?? 0)}`);
  return html`
    <h2>Coverage</h2>
    ${list("Exercised members, by calls on both sides", counts(report.exercised))}
    ${list(
      "Unreachable: no way to construct",
      report.unreachable.map((one) => `${one.member}: ${one.reason}`),
      true,
    )}
    ${list(
      "Not exercised",
      report.skipped.map((one) => `${one.member}: ${one.reason}`),
      true,
    )}
    ${list(
      "Same name, other parameters: not exercised",
      alignment.mismatches.map((one) => `${one.where}: ${one.reason}`),
      true,
    )}
    ${list("Only in Python", alignment.onlyPython)}
    ${list("Only in Node", alignment.onlyNode)}
    ${list(
      "Stubs that disagree with their own module",
      alignment.contradictions.map(
        ({ host, contradiction: one }) =>
          `${host}, ${one.where}: the stub says ${one.stub}, the module says ${one.live}`,
      ),
    )}
    ${list("Members matched, by rule", counts(alignment.rules))}
    ${list("Host idioms, counted and no difference", counts(report.idioms))}
    ${list(
      "On one side by its nature",
      alignment.idioms.map((one) => `${one.host}, ${one.where}: ${one.reason}`),
    )}
    ${list(
      "Known differences",
      report.findings
        .filter((one) => one.known !== null)
        .map((one) => `${one.member}: ${CAUSES[one.cause].title} (${one.known})`),
    )}
    ${list(
      "Known differences that no longer hold",
      report.stale.map((one) => `${one.member}: ${one.problem}`),
      true,
    )}
    ${list(
      "Unstable: not shown again by fresh processes",
      report.unstable.map((one) => `${one.member}: ${CAUSES[one.cause].title}`),
    )}
  `;
}
