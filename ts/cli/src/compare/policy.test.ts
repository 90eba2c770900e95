import { expect, it } from "vitest";
import { judge } from "./policy.ts";

it("makes everything a finding unless the configuration says otherwise", () => {
  expect(judge("lone_surrogate", {})).toBe("report");
  expect(judge("lone_surrogate", { strings: "ignore" })).toBe("ignore");
  expect(judge("integer_wrap", { strings: "ignore" })).toBe("report");
  expect(judge("error_class", { errorCodes: "idiom" })).toBe("idiom");
  expect(judge("panic", { integers: "ignore", errorCodes: "ignore" })).toBe("report");
});
