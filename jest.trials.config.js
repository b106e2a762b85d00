import tests from "./jest.config.js";

/** Tests with real processes, kills and times: one after the other, so that they do not slow each other down. */
/** @type {import("jest").Config} */
export default {
  ...tests,
  testMatch: ["<rootDir>/test/trials/**/*.trial.ts"],
  maxWorkers: 1,
  testTimeout: 120_000,
};
