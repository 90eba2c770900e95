import { describe, expect, it } from "vitest";
import { group, rank } from "./group.ts";
import { renderJson } from "./json.ts";
import { renderJunit } from "./junit.ts";
import { renderPage } from "./page.ts";
import { sampleFinding, sampleReport } from "./sample.ts";
import { renderSarif } from "./sarif.ts";
import { showError, showText, showValue } from "./show.ts";
import { renderReport } from "./terminal.ts";

describe("the order of findings", () => {
  it("puts the gravest first and breaks ties the same way in every run", () => {
    const findings = sampleReport().findings;
    const ids = rank(findings).map((one) => one.id);
    expect(ids).toEqual(rank([...findings].reverse()).map((one) => one.id));
    expect(ids.slice(0, 2)).toEqual(["3a1b2c3d", "2a1b2c3d"]);
  });

  it("tells a cause of the conversion layer once, with all its members", () => {
    const groups = group(sampleReport().findings.filter((one) => one.known === null));
    expect(groups.map((one) => one.findings.length)).toEqual([1, 1, 2]);
  });

  it("keeps causes of single members apart", () => {
    const own = { severity: "wrong_value", cause: "value" } as const;
    expect(group([sampleFinding({ id: "a", ...own }), sampleFinding({ id: "b", ...own })])).toHaveLength(2);
  });
});

describe("values as text", () => {
  it("writes each value as its host does", () => {
    const value = [null, true, { int: "9007199254740993" }, { float: "1.0" }, { tuple: ["a"] }];
    expect(showValue(value, "python")).toBe('[None, True, 9007199254740993, 1.0, ("a",)]');
    expect(showValue(value, "node")).toBe('[null, true, 9007199254740993n, 1, ["a"]]');
  });

  it("shows what a terminal would hide", () => {
    expect(showText("a\ud800\u202e\0")).toBe('"a\\ud800\\u202e\\u0000"');
  });

  it("shows an error with its code and its causes", () => {
    const cause = { classes: ["KeyError"], code: null, message: "k", cause: null };
    expect(showError({ classes: ["RangeError", "Error"], code: "ERR_VALUE", message: "bad", cause })).toBe(
      "RangeError [ERR_VALUE]: bad (cause: KeyError: k)",
    );
  });
});

describe("the renderers", () => {
  const report = sampleReport();

  it("print every open finding, its id and both answers on the terminal", () => {
    const text = renderReport(report, true);
    for (const one of report.findings.filter((finding) => finding.known === null)) {
      expect(text).toContain(one.id);
      expect(text).toContain(one.answers.python);
    }
    expect(text).toContain("worded differently on purpose");
    expect(text).toContain("4 findings");
  });

  it("escape what the report quotes in HTML and XML", () => {
    const shown = sampleReport();
    shown.findings.forEach((one) => {
      one.known = null;
    });
    const page = renderPage(shown);
    expect(page).toContain("&lt;/script>&lt;b>&amp;");
    expect(page).not.toContain("</script>");
    expect(renderJunit(shown)).toContain("&lt;p&gt;");
  });

  it("make a page that loads nothing", () => {
    expect(renderPage(report)).not.toMatch(/<script|src=|url\(|@import|<link/);
  });

  it("count members, failures and skipped members in JUnit", () => {
    const xml = renderJunit(report);
    expect(xml).toContain('<testsuites name="pairity" tests="6" failures="3">');
    expect(xml).toContain('<skipped message="nothing returns one"/>');
    expect(xml.match(/<testcase /g)).toHaveLength(6);
  });

  it("leave no character in XML that XML cannot hold", () => {
    const shown = sampleReport();
    shown.findings[0]!.summary = "a\0b\ud800";
    const xml = renderJunit(shown);
    expect(xml).toContain("a\\u0000b\\ud800");
    expect(xml.isWellFormed()).toBe(true);
  });

  it("name a rule for every result of SARIF and suppress known differences", () => {
    const run = JSON.parse(renderSarif(report)).runs[0];
    expect(run.results).toHaveLength(5);
    for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(run.results.filter((one: { suppressions?: unknown }) => one.suppressions !== undefined)).toHaveLength(1);
  });

  it("give one JSON whatever order findings were found in, timing last", () => {
    const other = { ...report, findings: [...report.findings].reverse(), timing: report.timing };
    expect(renderJson(other)).toBe(renderJson(report));
    expect(Object.keys(JSON.parse(renderJson(report))).at(-1)).toBe("timing");
  });
});
