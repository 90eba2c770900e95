import { defineConfig } from "vitest/config";

// Processes are started and sources compiled in many tests, on machines that do other work at the same time: a test may
// take long, and nothing is ever concluded from how long it took.
const timeouts = { testTimeout: 60_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{ts,scripts,tests}/**/*.test.ts"],
          exclude: [
            "**/node_modules/**",
            "**/dist/**",
            "tests/tidy.test.ts",
            "tests/package/**",
            "tests/leaks/**",
            "tests/pairs/**",
          ],
          ...timeouts,
        },
      },
      // It builds what writes the generated files.
      { test: { name: "tidy", include: ["tests/tidy.test.ts"], ...timeouts, testTimeout: 240_000 } },
      ...[
        { name: "leaks", objects: 100_000 },
        { name: "leaks-full", objects: 1_000_000 },
      ].map(({ name, objects }) => ({
        test: {
          name,
          include: ["tests/leaks/**/*.test.ts"],
          env: { PAIRITY_LEAK_OBJECTS: String(objects) },
          ...timeouts,
        },
      })),
      {
        test: { name: "pairs", include: ["tests/pairs/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 1_200_000 },
      },
      // Apart, since they install packages from a registry.
      {
        test: { name: "package", include: ["tests/package/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 600_000 },
      },
    ],
  },
});
