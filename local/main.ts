#!/usr/bin/env node
// Lambda's clock is UTC, and a worker thread cannot have a time zone of its own.
process.env.TZ = 'UTC';

import { Command, CommanderError, Help, type Option } from 'commander';
import { addDev, addInvoke, addProduce, addStart } from './commands/command-line.ts';
import { addEvent } from './commands/event-command.ts';
import { LocalError } from './local-error.ts';

/** The command line of lanewise. */
function program(): Command {
  const root = new Command('lanewise')
    .description('Runs the event source mappings of a synthesized CDK app on this machine.')
    .configureHelp({ optionDescription: describeOption })
    .exitOverride();
  for (const add of [addStart, addDev, addProduce, addInvoke, addEvent]) add(root);
  for (const command of root.commands) command.exitOverride();
  return root;
}

/** A switch that is off and a list that is empty say nothing as a default. */
function describeOption(option: Option): string {
  return new Help().optionDescription(option).replace(/ \(default: (?:false|\[\])\)/, '');
}

/** Whoever reads the output may go away before us: `| head`, a terminal that is closed. */
function ignoreMissingReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
}

/** Bad input is one line and exit code 2; only a defect of ours shows a stack. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof LocalError) process.stderr.write(`lanewise: ${error.message}\n`);
  else
    process.stderr.write(
      `lanewise failed, which is a defect: ${error instanceof Error ? error.stack : String(error)}\n`,
    );
  return 2;
}

process.stdout.on('error', ignoreMissingReader);
process.stderr.on('error', ignoreMissingReader);
try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
