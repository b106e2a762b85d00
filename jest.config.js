import { availableParallelism } from "node:os";

const swc = {
  swcrc: false,
  jsc: {
    target: "es2023",
    parser: { syntax: "typescript", decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: false },
  },
  module: { type: "es6" },
};

/** Turns Relay's graphql`…` into imports of what its compiler made, as a front end's build does. */
const relay = {
  babelrc: false,
  configFile: false,
  presets: ["@babel/preset-typescript"],
  plugins: [["relay", { artifactDirectory: "examples/relay/__generated__", eagerEsModules: true }]],
};

/** @type {import("jest").Config} */
export default {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  extensionsToTreatAsEsm: [".ts"],
  setupFiles: ["reflect-metadata"],
  testTimeout: 90_000,
  // A third of a test's time is waiting for a database or a timer.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
  // jest forgets no module of a test file: a worker that holds many of them spends its time collecting garbage.
  workerIdleMemoryLimit: "300MB",
  transform: {
    "/examples/relay/[^/]+\\.ts$": ["babel-jest", relay],
    "\\.ts$": ["@swc/jest", swc],
  },
};
