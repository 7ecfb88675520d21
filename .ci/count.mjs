// Adds up the JSON reports of Vitest and prints the one line that a machine reads.
import { existsSync, globSync, readFileSync } from 'node:fs';

const [folder = '', failedSteps = '0'] = process.argv.slice(2);
const reports = existsSync(folder)
  ? globSync(`${folder}/*.json`).map((path) => JSON.parse(readFileSync(path, 'utf8')))
  : [];
const passed = reports.reduce((sum, report) => sum + report.numPassedTests, 0);
const failedTests = reports.reduce((sum, report) => sum + report.numFailedTests, 0);
const failed = Math.max(failedTests, Number(failedSteps));
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
