import { availableParallelism } from 'node:os';
import { Command, CommanderError } from 'commander';
import { type SeedRange, seedNumber, seedRange } from '../seeds/seed-range.ts';
import { replay, simulate } from './simulate.ts';

interface Options {
  readonly seeds?: SeedRange;
  readonly seed?: number;
  readonly trace: boolean;
  readonly workers: number;
}

/** Runs the command line; resolves to the exit code: 0 when all held, 1 when something did not, 2 for bad input. */
export async function runProgram(args: readonly string[]): Promise<number> {
  const command = new Command('simulate')
    .description(
      'Runs the event source mapping with the runtime inside through schedules of faults, in virtual time.',
    )
    .option('--seeds <from..to>', 'the seeds to run, such as 1..10000 (without it 1..1000)', seedRange)
    .option('--seed <n>', 'run one seed and tell how it ended', seedNumber)
    .option('--trace', 'with --seed: tell every step', false)
    .option('--workers <n>', 'threads to run on', seedNumber, availableParallelism())
    .exitOverride();
  try {
    await command.parseAsync(args, { from: 'user' });
    const options = command.opts<Options>();
    return await run(command, options);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

function run(command: Command, { seeds, seed, trace, workers }: Options): Promise<number> {
  if (seed !== undefined && seeds !== undefined) command.error('error: give --seed or --seeds, not both');
  if (trace && seed === undefined)
    command.error('error: --trace tells the steps of one seed: give it with --seed');
  return seed === undefined ? simulate(seeds ?? { from: 1, to: 1000 }, workers) : replay(seed, trace);
}
