// Adds up the JSON reports of Vitest and prints the one line that a machine reads. Runs on the system's own Node.
// Its arguments: the folder of the reports, and for each step of the gate its name and its exit code, as in `unit=0`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '', ...steps] = process.argv.slice(2);

/** A step fails without a failed test when it cannot install, compile or synthesize, or when it ran no test. */
function count(step) {
  const [name = '', code] = step.split('=');
  const report = name === 'install' ? undefined : readReport(name);
  const files = report ? report.testResults : [];
  const tests = files.flatMap((file) => file.assertionResults.map(({ status }) => status));
  const passed = tests.filter((status) => status === 'passed').length;
  const failed = files.reduce((sum, file) => sum + failuresOf(file), 0);
  const broken = code !== '0' || (name !== 'install' && passed === 0);
  return { passed, failed: Math.max(failed, broken ? 1 : 0) };
}

/** A file that could not be loaded has no test, and counts as one that failed. */
function failuresOf({ status, assertionResults }) {
  const failed = assertionResults.filter((test) => test.status === 'failed').length;
  return Math.max(failed, status === 'failed' ? 1 : 0);
}

function readReport(name) {
  try {
    return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  } catch {
    return undefined;
  }
}

const counts = steps.map(count);
const sum = (field) => counts.reduce((total, one) => total + one[field], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
