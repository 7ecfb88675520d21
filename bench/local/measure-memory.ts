import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { formatRate } from '../report/format.ts';
import type { BenchOptions, Findings } from '../result.ts';

const run = promisify(execFile);
const limit = 400;

interface Soak {
  readonly name: string;
  readonly records: number;
  readonly succeeded: number;
  readonly seconds: number;
  /** MB. */
  readonly peak: number;
}

/** Records through 64 partitions, produced while they are read: a million, and a quarter of that to see whether memory grows. */
export async function measureMemory({ quick }: BenchOptions): Promise<Pick<Findings, 'tables' | 'targets'>> {
  const most = quick ? 4_000 : 1_000_000;
  const soaks: Soak[] = [];
  for (const name of ['no function', 'lanewise, JSON']) {
    for (const records of [most / 4, most]) soaks.push(await soak(name, records));
  }
  const [quarter, whole] = soaks;
  const peak = whole?.peak ?? Number.NaN;
  return {
    tables: [
      {
        title: 'Memory: records through 64 partitions, produced while they are read',
        head: ['function', 'records', 'records/s', 'peak RSS, MB'],
        rows: soaks.map(({ name, records, seconds, peak: most }) => [
          name,
          records,
          formatRate(records / seconds),
          Math.round(most),
        ]),
      },
    ],
    targets: [
      {
        what: 'memory of the mapping and its source, 1,000,000 records through 64 partitions',
        target: `flat, below ${limit} MB RSS`,
        measured: `${Math.round(peak)} MB at most; ${Math.round(quarter?.peak ?? Number.NaN)} MB with a quarter of the records`,
        reached: peak < limit,
      },
    ],
  };
}

async function soak(name: string, records: number): Promise<Soak> {
  const file = join(import.meta.dirname, 'soak.ts');
  const { stdout } = await run(process.execPath, [file, String(records), name]);
  const result: Omit<Soak, 'name' | 'records'> = JSON.parse(stdout);
  if (result.succeeded !== records)
    throw new Error(`${name}: ${result.succeeded} of ${records} records were done`);
  return { name, records, ...result };
}
