/** What the engine cannot know of our own pair. */
import { defineConfig } from "@pairity/cli";

// biome-ignore lint/style/noDefaultExport: a configuration is the default export of its file
export default defineConfig({
  values: {
    // Intervals in milliseconds that a random program can wait for, and some that are refused.
    interval: [{ int: "0" }, { int: "1" }, { int: "2" }, { int: "-1" }, { int: "86400001" }, { float: "0.5" }, null],
  },
  normalise: {
    // How long a phase took is each host's own affair; which phases there were is not.
    "ReloadReport.phase_times": (times) =>
      typeof times === "object" && times !== null && "map" in times
        ? { map: times.map.map(([phase]) => [phase, null]) }
        : times,
    // Nor is how long calls took, and how long a quarantine still lasts.
    "PluginMetrics.times": () => null,
    "PluginMetrics.retry_in_ms": (time) => time === null,
    "PluginMetrics.to_dict": (report) =>
      typeof report === "object" && report !== null && "map" in report
        ? { map: report.map.filter(([key]) => key !== "times" && key !== "retry_in_ms") }
        : report,
  },
});
