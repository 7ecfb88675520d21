import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type Spread, spreadOf } from '../measure/statistics.ts';
import { formatSpread } from '../report/format.ts';
import type { Bench, Findings } from '../result.ts';
import { bundleFunction, functionSources } from './functions.ts';

const run = promisify(execFile);
const script = join(import.meta.dirname, 'measure-init.mjs');

interface Bundle {
  readonly label: string;
  readonly url: string;
  readonly raw: number;
  readonly zipped: number;
}

interface Row extends Bundle {
  readonly time: Spread;
  /** Over the bare handler, in the same round. */
  readonly beyond: Spread;
}

/** Import and construction of a bundled function, in fresh processes. */
export const init: Bench = {
  title: 'Init: import and construct the bundled function',
  packages: [
    'esbuild',
    '@aws-lambda-powertools/kafka',
    '@aws-lambda-powertools/logger',
    '@aws-lambda-powertools/metrics',
    '@aws-lambda-powertools/idempotency',
    '@aws-sdk/client-dynamodb',
    '@middy/core',
    '@middy/event-normalizer',
  ],
  run: async ({ quick }) => {
    const directory = mkdtempSync(join(tmpdir(), 'lanewise-bench-init-'));
    try {
      const bundles = await writeBundles(directory);
      return findingsOf(await measure(bundles, quick ? 1 : 30));
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

async function writeBundles(directory: string): Promise<readonly Bundle[]> {
  return Promise.all(
    Object.entries(functionSources).map(async ([label, source], index) => {
      const contents = await bundleFunction(source);
      const file = join(directory, `${index}.mjs`);
      writeFileSync(file, contents);
      return {
        label,
        url: pathToFileURL(file).href,
        raw: contents.length,
        zipped: gzipSync(contents).length,
      };
    }),
  );
}

/** All bundles in turn, a process each, as often as there are rounds. */
async function measure(bundles: readonly Bundle[], rounds: number): Promise<readonly Row[]> {
  const samples = bundles.map((): number[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const step of bundles.keys()) {
      const index = (step + round) % bundles.length;
      const { stdout } = await run(process.execPath, [script, bundles[index]?.url ?? '']);
      // The first round only brings the files into memory.
      if (round > 0) samples[index]?.push(Number(stdout));
    }
  }
  const bare = samples[0] ?? [];
  return bundles.map((bundle, index) => {
    const own = samples[index] ?? [];
    const beyond = own.map((time, round) => time - (bare[round] ?? Number.NaN));
    return { ...bundle, time: spreadOf(own), beyond: spreadOf(beyond) };
  });
}

function findingsOf(rows: readonly Row[]): Findings {
  const ours = rows.find(({ label }) => label === 'lanewise, JSON');
  if (ours === undefined) throw new Error('lanewise was not measured');
  return {
    tables: [
      {
        title: 'Import and construct, a fresh process each time',
        head: ['function', 'ms over the bare handler', 'ms', 'bytes', 'bytes zipped'],
        rows: rows.map(({ label, beyond, time, raw, zipped }) => [
          label,
          formatSpread(beyond),
          time.median.toFixed(2),
          raw,
          zipped,
        ]),
      },
    ],
    targets: [
      {
        what: 'init over a bare handler',
        target: 'at most 1 ms',
        measured: `${formatSpread(ours.beyond)} ms`,
        reached: ours.beyond.median <= 1,
      },
      {
        what: 'bundle of the runtime, minified',
        target: 'at most 10 KB',
        measured: `${ours.raw} bytes`,
        reached: ours.raw <= 10 * 1_024,
      },
    ],
    notes: [
      'Bundles are minified ES modules of esbuild with everything in them, the AWS SDK too where a function needs it. The time is from before `import()` to after it, inside the process, so that the start of Node is not part of it. Half of all rounds lie in the range in brackets.',
    ],
  };
}
