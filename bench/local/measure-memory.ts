import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { formatRate } from '../report/format.ts';
import type { BenchOptions, Findings } from '../result.ts';

const run = promisify(execFile);
const limit = 400;

/** A million records through 64 partitions, produced while they are read. */
export async function measureMemory({ quick }: BenchOptions): Promise<Pick<Findings, 'tables' | 'targets'>> {
  const records = quick ? 5_000 : 1_000_000;
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'soak.ts'), String(records)]);
  const soak: Readonly<Record<'succeeded' | 'seconds' | 'peak' | 'secondQuarter' | 'lastQuarter', number>> =
    JSON.parse(stdout);
  if (soak.succeeded !== records) throw new Error(`${soak.succeeded} of ${records} records were done`);
  return {
    tables: [
      {
        title: `Memory: ${records} records through 64 partitions, produced while lanewise reads them`,
        head: ['records/s', 'peak RSS, MB', 'in the second quarter', 'in the last quarter'],
        rows: [
          [
            formatRate(records / soak.seconds),
            Math.round(soak.peak),
            Math.round(soak.secondQuarter),
            Math.round(soak.lastQuarter),
          ],
        ],
      },
    ],
    targets: [
      {
        what: `memory of ${records} records through 64 partitions`,
        target: `flat, below ${limit} MB RSS`,
        measured: `${Math.round(soak.peak)} MB at most; ${Math.round(soak.secondQuarter)} MB in the second quarter, ${Math.round(soak.lastQuarter)} in the last`,
        reached: soak.peak < limit,
      },
    ],
  };
}
