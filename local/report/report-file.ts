import { access, constants, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LocalError } from '../local-error.ts';
import type { RunReport } from './run-report.ts';

/** @throws LocalError when the report could not be written in the end: told before the run, not after it. */
export async function checkReportFile(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  if (path === '') throw new LocalError('cannot write the report: --report names no file');
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) {
    throw new LocalError(`cannot write the report to ${path}: it is a directory; name a file in it`);
  }
  await access(found ? path : dirname(resolve(path)), constants.W_OK).catch((error: Error) => {
    throw cannotWrite(path, error);
  });
}

/** @throws LocalError when it cannot be written any more, as on a full disk. */
export async function writeReport(path: string | undefined, report: RunReport): Promise<void> {
  if (path === undefined) return;
  await writeFile(path, `${JSON.stringify(report, undefined, 2)}\n`).catch((error: Error) => {
    throw cannotWrite(path, error);
  });
}

function cannotWrite(path: string, error: Error): LocalError {
  return new LocalError(`cannot write the report to ${path}: ${error.message}`);
}

const beginning = /^\{\s*"seed": \d+,\s*"source": "(embedded|kafka)",\s*"durationMs": \d+,/;

/** Whether a file is the report of a run: nothing is ever synthesized from one, wherever it was written to. */
export function isReport(content: Buffer): boolean {
  return beginning.test(content.toString('latin1', 0, 200));
}
