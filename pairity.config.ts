/** What the engine cannot know of our own pair. */
import { defineConfig, type Value } from "@pairity/cli";

/** How long a phase took is each host's own affair; which phases there were is not. */
function withoutTimes(times: Value): Value {
  return typeof times === "object" && times !== null && "map" in times
    ? { map: times.map.map(([phase]) => [phase, null]) }
    : times;
}

// biome-ignore lint/style/noDefaultExport: a configuration is the default export of its file
export default defineConfig({
  values: {
    // Intervals in milliseconds that a random program can wait for, and some that are refused.
    interval: [{ int: "0" }, { int: "1" }, { int: "2" }, { int: "-1" }, { int: "86400001" }, { float: "0.5" }, null],
  },
  // A change comes only when a file is saved after the iteration began, and waiting for one that never comes has no end:
  // the cases save files while they iterate, random programs do not.
  skip: ["HotReloader.__aiter__"],
  normalise: {
    "ReloadReport.phase_times": withoutTimes,
    "ReloadReport.to_dict": (report) =>
      typeof report === "object" && report !== null && "map" in report
        ? { map: report.map.map(([key, value]) => [key, key === "phases" ? withoutTimes(value) : value]) }
        : report,
    // Nor is how long calls took, and how long a quarantine still lasts.
    "PluginMetrics.times": () => null,
    "PluginMetrics.retry_in_ms": (time) => time === null,
    "PluginMetrics.to_dict": (report) =>
      typeof report === "object" && report !== null && "map" in report
        ? { map: report.map.filter(([key]) => key !== "times" && key !== "retry_in_ms") }
        : report,
  },
});
