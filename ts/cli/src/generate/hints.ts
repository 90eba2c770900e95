/**
 * What the name of a string parameter says about its content.
 *
 * Random text rarely gets past a parser; a parameter called `html`, `url` or `expression` asks for such a text in any
 * library. The package's own examples come first, these fill in where there are none.
 */
const HINTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /html|markup|fragment/,
    [
      "<p>x</p>",
      "<html><head><style>p { color: red }</style></head><body><p class='a'>x</p></body></html>",
      "<div><b>é🎉</b></div>",
      "<p",
      "<!doctype html><title>t</title>",
    ],
  ],
  [/css|style/, ["p { color: red }", ".a { width: 10px; height: 20px }", "@media print { p { margin: 0 } }", "p {"]],
  [/xml|svg/, ["<a/>", "<a b='c'>d</a>", "<a><b></a>"]],
  [/json/, ['{"a": 1}', "[1, 2.5, null]", '{"n": 9007199254740993}', "1e400", '{"a": 1, "a": 2}', "{"]],
  [/yaml|yml/, ["a: 1\nb:\n  - x\n", "n: 9007199254740993\n", "a: *x"]],
  [/toml/, ["a = 1\n[b]\nc = 'd'\n", "a = 9223372036854775807\n", "a ="]],
  [/csv|tsv/, ["a,b\n1,2\n", '"x""y",z\n', "a,b\n1\n"]],
  [/markdown|^md$/, ["# Title\n\n*text* `code`\n", "[a](b)", "| a |\n|---|\n| 1 |\n"]],
  [
    /expr|formula|equation|calculation/,
    [
      "1 + 1",
      "5 % 0",
      "1 / 0",
      "2 ^ 63",
      "10 ^ 28",
      "0.1 + 0.2",
      "1e21",
      "18446744073709551616",
      "9007199254740993",
      "a + b",
      "a > 1 and b < 2",
      "len(a)",
      'a == "x"',
      "(1",
    ],
  ],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of a template language
  [/template/, ["Hello {{ a }}", "{{ a + 1 }}", "{% if a %}x{% endif %}", "{{", "${a} {a} %(a)s"]],
  [
    /source|^src$|code|script|program/,
    ["f(1)", "let x = 1;", "x = 1\n", "def f(a):\n    return a\n", '"🎉";f(1)', "if (a) { b(1, 2) }", "f("],
  ],
  [
    /^lang|language|syntax|dialect/,
    ["python", "javascript", "JavaScript", "typescript", "html", "css", "rust", "json", "en", "de", "nope"],
  ],
  [/selector/, ["p", ".a > b", "#id", "p:first-child", "["]],
  [/regex|regexp|pattern|glob/, ["a", "a+b", "^x$", "(a|b)*", "[a-z]", "f($A)", "*.txt", "(", "\\d{2,}", "$A"]],
  [/sql|query|filter|where/, ["SELECT 1", "SELECT a FROM t WHERE b = 'c'", "a = 1", "a:b AND c", "SELECT"]],
  [
    /url|uri|href|link|endpoint/,
    [
      "http://127.0.0.1:9/a?b=c#d",
      "https://u:p@127.0.0.1:9/ü/../x",
      "http://[::1]:9",
      "file:///nowhere",
      "//x",
      "not a url",
    ],
  ],
  [/mail/, ["a@example.com", "a+b@example.com", "a@", "ü@例え.jp"]],
  [/host|domain/, ["example.com", "localhost", "127.0.0.1", "::1", "xn--r8jz45g.jp", "-x"]],
  [/ip$|addr|cidr|network/, ["127.0.0.1", "10.0.0.0/8", "::1", "fe80::/10", "256.0.0.1"]],
  [
    /date|time|instant|moment|when/,
    ["2024-02-29", "2024-01-01T00:00:00Z", "2023-02-29", "12:30:45.123456789", "9999-12-31T23:59:59+14:00", "P1D"],
  ],
  [/zone|^tz$/, ["UTC", "Europe/Berlin", "+05:30", "Nope/Zone"]],
  [/duration|interval|period|delta/, ["1h30m", "PT1H", "P1D", "-1s", "90"]],
  [/version|semver|requirement/, ["1.2.3", "1.0.0-rc.1+b", "^1.2", ">=1,<2", "1.2.3.4.5", "01.2.3"]],
  [/colou?r/, ["#ff0000", "red", "rgb(1, 2, 3)", "hsl(120, 50%, 50%)", "#ggg"]],
  [/encoding|charset/, ["utf-8", "latin1", "utf-16", "ascii", "nope"]],
  [/hex/, ["00ff", "deadBEEF", "abc", "xyz"]],
  [/base64|b64/, ["AA==", "aGVsbG8=", "aGVsbG8", "a"]],
  [/uuid|guid/, ["00000000-0000-0000-0000-000000000000", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "x"]],
  [/number|numeric|decimal|amount|digits/, ["0", "-1.5", "1e400", "9007199254740993", "0x10", "1_000", "NaN"]],
  [/locale/, ["en-US", "de", "zh-Hant-TW", "xx-"]],
  [/mime|content_?type|media/, ["text/html; charset=utf-8", "application/json", "text", "*/*"]],
  [/currency/, ["EUR", "USD", "JPY", "XXX"]],
  [/phone/, ["+49 30 123456", "(555) 123-4567", "0"]],
  [/person|first|last|full|user/, ["Alice", "Zoë O'Brien", "李 雷", " ", "bob"]],
  [/^name$|_name$|title|label/, ["a", "Alice", "x y", "é🎉"]],
  [/key|field|attr|prop|tag|id$/, ["a", "b", "id", "name", "missing", "__proto__"]],
  [
    /word|text|string|str$|content|body|message|sentence|input|data|line|value|prompt|haystack/,
    [
      "hello",
      "Hello, World!",
      "The quick brown fox jumps over the lazy dog.",
      "naïve café — “quotes”",
      "a b  c\n\td",
      "日本語のテキスト",
      "x🎉y",
    ],
  ],
];

const GENERAL: readonly string[] = ["a", "b", "abc", "hello", "x y", "A1", "é", "a🎉b", "42", "a,b", "foo.bar", "/"];

/** Texts that fit a parameter of this name; the first rule that matches decides. */
export function hintsFor(name: string): readonly string[] {
  const folded = name.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
  return HINTS.find(([pattern]) => pattern.test(folded))?.[1] ?? GENERAL;
}

/** Whether a number under this name (or with this description) makes the library allocate as much. */
export function isCapacityLike(name: string, doc: string | null): boolean {
  const folded = name.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
  if (CAPACITY.test(folded)) return true;
  // The description of a whole member says it of this parameter only when it names both.
  return (
    doc !== null &&
    new RegExp(`\\b${folded}\\b[^.\\n]{0,60}(capacity|allocat|size of|how many|number of)`, "i").test(doc)
  );
}

const CAPACITY =
  /capacit|size|limit|count|width|height|len|max|min_?(size|len)|depth|repeat|times|iterations?|rounds|cost|threads?|workers?|jobs|bytes|bits|dim|rows|cols|columns|pages|budget|prealloc|reserve|buffer|cache|precision|digits|decimals|places|pad|indent|window|batch|chunk|(^|_)(n|k|num|top|steps|ef)(_|$)/;
