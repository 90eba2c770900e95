/** The frame of every HTML report: one self-contained page, readable without JavaScript, on a phone and in the dark. */
import { html } from "htm/preact";
import type { ComponentChildren, VNode } from "preact";
import { renderToString } from "preact-render-to-string";

export { html };

const STYLE = `
:root { color-scheme: light dark; --text: #1a1d21; --soft: #5c6672; --line: #dde2e8; --page: #ffffff; --panel: #f6f8fa;
  --good: #1a7f4b; --bad: #c0322b; --warn: #9a6700; --python: #3572a5; --node: #3c873a; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e9ed; --soft: #9aa5b1; --line: #30363d; --page: #0f1216;
  --panel: #171b21; --good: #4cc38a; --bad: #ff7b72; --warn: #e3b341; --python: #6cacf0; --node: #7ac36a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 72rem; color: var(--text); background: var(--page);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; }
p, li { max-width: 46rem; } .soft { color: var(--soft); } .good { color: var(--good); } .bad { color: var(--bad); }
.warn { color: var(--warn); } .scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; } th { color: var(--soft); font-weight: 600; font-size: .85rem; }
pre { overflow-x: auto; padding: .75rem 1rem; background: var(--panel); border: 1px solid var(--line);
  border-radius: .5rem; font: .85rem/1.5 ui-monospace, monospace; }
code { font-family: ui-monospace, monospace; font-size: .9em; }
`;

/** A whole page; `style` is added to the common one. */
export function page(title: string, style: string, body: ComponentChildren): string {
  const document = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${title}</title>
      <style dangerouslySetInnerHTML=${{ __html: STYLE + style }} />
    </head>
    <body>${body}</body>
  </html>`;
  return `<!doctype html>\n${renderToString(document as VNode)}\n`;
}
