// Lambda's clock is UTC, and a worker thread cannot have a time zone of its own.
process.env.TZ = 'UTC';

import { Command, CommanderError } from 'commander';
import { LocalError } from './local-error.ts';
import {
  bootstrapServers,
  collect,
  type ProduceOptions,
  port,
  type StartOptions,
  topicName,
  wholeNumber,
} from './options.ts';

/** The command line of lanewise. Commands are loaded when they are used, so that each starts fast. */
function program(): Command {
  const root = new Command('lanewise')
    .description('Runs the event source mappings of a synthesized CDK app on this machine.')
    .exitOverride();
  addStart(root);
  addProduce(root);
  addInvoke(root);
  for (const command of root.commands) command.exitOverride();
  return root;
}

function addStart(root: Command): void {
  root
    .command('start')
    .description('Run the consumers of the template on sample orders, a file of orders, or a real Kafka.')
    .option('--once', 'end when all lanes are drained, also in a terminal', false)
    .option(
      '--orders <file>',
      "orders to write, one JSON a line ('-' is standard input): order events, or kcat -J envelopes",
    )
    .option(
      '--count <n>',
      'sample orders to write (300 on the embedded source, none on Kafka)',
      wholeNumber(0),
    )
    .option('--seed <n>', 'seed of the sample orders and the failures', wholeNumber(0), 1)
    .option(
      '--bootstrap <host:port>',
      'read from this Kafka instead of the embedded source',
      bootstrapServers,
    )
    .option('--topic <name>', "read and write this topic instead of the template's", topicName)
    .option('--consumer <name>', 'run only this consumer (repeatable)', collect, [])
    .option('--report <file>', 'write the report as JSON')
    .option('--assembly <dir>', 'read this cloud assembly instead of synthesizing the app of cdk.json')
    .option('--port <n>', 'port that npm run produce talks to (0 is a free one)', port, 0)
    .option('--no-faults', 'leave out the transient failures of a sample run')
    .option('--logs', "show the functions' log lines", false)
    .action(async (options: StartOptions) => {
      const { runStart } = await import('./commands/start.ts');
      process.exitCode = await runStart(options);
    });
}

function addProduce(root: Command): void {
  root
    .command('produce')
    .description('Write sample orders: to a running npm start, or to a Kafka.')
    .argument('<count>', 'how many', wholeNumber(1))
    .option('--bootstrap <host:port>', 'write to this Kafka', bootstrapServers)
    .option('--topic <name>', 'the topic on that Kafka', topicName, 'order-events')
    .option('--seed <n>', 'seed of the sample orders', wholeNumber(0), Date.now() % 1_000_000)
    .action(async (count: number, options: Omit<ProduceOptions, 'count'>) => {
      const { runProduce } = await import('./commands/produce.ts');
      process.exitCode = await runProduce({ ...options, count });
    });
}

function addInvoke(root: Command): void {
  root
    .command('invoke')
    .description('Invoke one function with one event and print its answer; exit 1 when it threw.')
    .argument('<consumer>', 'the consumer, such as billing')
    .argument('<event>', "a file with a Kafka event, '-' is standard input")
    .option('--assembly <dir>', 'read this cloud assembly instead of synthesizing the app of cdk.json')
    .action(async (consumer: string, event: string, options: { readonly assembly?: string }) => {
      const { runInvoke } = await import('./commands/invoke.ts');
      process.exitCode = await runInvoke({ ...options, consumer, event });
    });
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

try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
