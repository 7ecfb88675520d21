import { join } from 'node:path';
import { loadAssembly } from '../../local/assembly/load-assembly.ts';
import { synthesize } from '../../local/assembly/synthesize.ts';
import { type Spread, spreadOf } from '../measure/statistics.ts';
import { formatSpread } from '../report/format.ts';
import type { BenchOptions, Findings } from '../result.ts';
import { type StartTimes, timeStart } from './time-start.ts';

const projectDirectory = join(import.meta.dirname, '..', '..');
const limits = { cached: 3, cold: 8 } as const;

/** `npm start` from nothing to the first record that is done, by phase, with the template of an earlier run and without. */
export async function measureStart({ quick }: BenchOptions): Promise<Pick<Findings, 'tables' | 'targets'>> {
  const rounds = quick ? 1 : 5;
  const marker = `bench-${process.pid}`;
  const cold = await times(rounds, (round) => `${marker}-${round}`);
  const cached = await times(rounds, () => `${marker}-0`);
  const template = await timeTemplate(`${marker}-0`);
  const row = (name: string, all: readonly StartTimes[]) => [
    name,
    seconds(all, 'loaded'),
    seconds(all, 'running'),
    seconds(all, 'firstDone'),
    seconds(all, 'ended'),
  ];
  return {
    tables: [
      {
        title: 'npm start with 30 sample orders: seconds from the start of the process until …',
        head: ['template', 'modules loaded', 'mappings run', 'first record done', 'ended'],
        rows: [row('cached', cached), row('cold synth', cold)],
      },
      {
        title: 'Reading the cached template, in a process that runs',
        head: ['phase', 'ms'],
        rows: [['sources hashed, template found and resolved', template.toFixed(0)]],
      },
    ],
    targets: (
      [
        ['cached', cached],
        ['cold', cold],
      ] as const
    ).map(([kind, all]) => targetOf(kind, all)),
  };
}

async function times(rounds: number, stage: (round: number) => string): Promise<readonly StartTimes[]> {
  const all: StartTimes[] = [];
  for (let round = 0; round < rounds; round += 1) all.push(await timeStart(stage(round)));
  return all;
}

async function timeTemplate(stage: string): Promise<number> {
  process.env.NODE_ENV = stage;
  const start = performance.now();
  loadAssembly({ directory: await synthesize({ projectDirectory }) });
  return performance.now() - start;
}

function targetOf(kind: keyof typeof limits, all: readonly StartTimes[]): Findings['targets'][number] {
  const spread = spreadOfPhase(all, 'firstDone');
  return {
    what: `npm start (installed, ${kind === 'cold' ? 'cold' : 'cached'} synth) to first record handled`,
    target: `at most ${limits[kind]} s`,
    measured: `${formatSpread(spread, 1)} s`,
    reached: spread.median <= limits[kind],
  };
}

function seconds(all: readonly StartTimes[], phase: keyof StartTimes): string {
  return formatSpread(spreadOfPhase(all, phase), 1);
}

function spreadOfPhase(all: readonly StartTimes[], phase: keyof StartTimes): Spread {
  return spreadOf(all.map((one) => one[phase] / 1_000));
}
