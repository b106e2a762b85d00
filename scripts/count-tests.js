// Sums up jest's own counts: `count-tests.js <jest.json>… [--ran <words>]…`. Fails when a test failed or was skipped, a file
// could not run, or no passed test has the words in its name. The last line is "N passed, N failed".
import { existsSync, readFileSync } from "node:fs";

const words = [];
const files = [];
for (let index = 2; index < process.argv.length; index++) {
  const argument = process.argv[index] ?? "";
  if (argument === "--ran") words.push(process.argv[++index] ?? "");
  else files.push(argument);
}

const faults = [];
let passed = 0;
let failed = 0;
const namesPassed = [];
for (const file of files) {
  if (!existsSync(file)) {
    faults.push(`${file} is missing: that run of jest did not end.`);
    continue;
  }
  const result = JSON.parse(readFileSync(file, "utf8"));
  passed += result.numPassedTests;
  failed += result.numFailedTests;
  if (result.numRuntimeErrorTestSuites > 0)
    faults.push(`${result.numRuntimeErrorTestSuites} test files could not run.`);
  for (const suite of result.testResults) {
    for (const { status, fullName } of suite.assertionResults) {
      if (status === "passed") namesPassed.push(fullName);
      else if (status === "failed") console.log(`failed: ${fullName}`);
      else faults.push(`Not run: ${fullName}`);
    }
  }
}
for (const word of words) {
  if (!namesPassed.some((name) => name.includes(word))) faults.push(`No passed test is named for ${word}.`);
}
for (const fault of faults) console.log(fault);
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0 || faults.length > 0) process.exitCode = 1;
