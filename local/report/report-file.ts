import { access, constants, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LocalError } from '../local-error.ts';
import type { RunReport } from './run-report.ts';

/** @throws LocalError when the report could not be written in the end: told before the run, not after it. */
export async function checkReportFile(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  await access(dirname(resolve(path)), constants.W_OK).catch((error: Error) => {
    throw new LocalError(`cannot write the report to ${path}: ${error.message}`);
  });
}

export async function writeReport(path: string | undefined, report: RunReport): Promise<void> {
  if (path !== undefined) await writeFile(path, `${JSON.stringify(report, undefined, 2)}\n`);
}
