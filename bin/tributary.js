#!/usr/bin/env node
// The command line. Plain JavaScript that older Nodes can read too, so that they can say that they are too old.
import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";

const WANTED = 24;
const COMMANDS = ["start", "doctor", "sandbox", "webhooks"];

const command = process.argv[2] || "start";
const major = Number(process.versions.node.split(".")[0]);

if (major < WANTED) {
  fail(
    `Tributary wants Node ${WANTED} or newer and this is ${process.version}: \`npm start\` brings its own, but not after \`npm ci --ignore-scripts\`; run \`npm ci\`.`,
  );
} else if (!COMMANDS.includes(command)) {
  fail(`"${command}" is no command of tributary; there are ${COMMANDS.join(", ")}.`);
} else {
  run();
}

/** Builds when there are sources newer than dist/, and hands over. */
async function run() {
  if (existsSync(new URL("../src", import.meta.url))) {
    const { buildIfNeeded } = await import("../scripts/build-if-needed.js");
    const problem = buildIfNeeded();
    if (problem) return fail(problem);
  }
  const path = command === "start" ? "../dist/src/main.js" : `../dist/src/cli/${command}.js`;
  module.enableCompileCache(fileURLToPath(new URL("../dist/.compiled", import.meta.url))); // a fifth less of a start
  const built = new URL(path, import.meta.url);
  if (!existsSync(built)) return fail(`${fileURLToPath(built)} is missing: run \`npm run build\`.`);
  const commands = await import(built.href);
  if (command !== "start") process.exitCode = await commands[command](process.env, console.log, process.argv.slice(3));
}

function fail(message) {
  console.error(message);
  process.exitCode = 1;
}
