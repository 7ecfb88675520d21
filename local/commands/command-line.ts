/** What each command takes. Commands are loaded when they are used, so that each starts fast. */
import { type Command, Option } from 'commander';
import {
  bootstrapServers,
  clusterArn,
  collect,
  type InvokeOptions,
  knobFlag,
  type ProduceOptions,
  port,
  type StartOptions,
  topicName,
  wholeNumber,
} from '../options.ts';

export function addStart(root: Command): void {
  const command = root
    .command('start')
    .description('Run the consumers of the template on sample orders, a file of orders, or a Kafka.')
    .option('--once', 'end when all lanes are drained, also in a terminal', false)
    .option('--assembly <dir>', 'read this cloud assembly instead of synthesizing the app of cdk.json');
  addRunOptions(command).action(async (options: StartOptions) => {
    const { runStart } = await import('./start.ts');
    process.exitCode = await runStart(options);
  });
}

export function addDev(root: Command): void {
  const command = root
    .command('dev')
    .description('Run the consumers and stay: a change in the sources takes effect at once.');
  addRunOptions(command).action(async (options: Omit<StartOptions, 'once'>) => {
    const { runDev } = await import('./dev.ts');
    process.exitCode = await runDev({ ...options, once: false });
  });
}

export function addProduce(root: Command): void {
  const command = root
    .command('produce')
    .description('Write sample orders: to a running npm start, or to a Kafka.')
    .argument('<count>', 'how many', wholeNumber(1))
    .option('--topic <name>', 'the topic on that Kafka (order-events)', topicName)
    .option('--seed <n>', 'seed of the sample orders (another one each time)', wholeNumber(0));
  addConnectionOptions(command, 'write to', 'a running npm start').action(
    async (count: number, options: Omit<ProduceOptions, 'count'>) => {
      const { runProduce } = await import('./produce.ts');
      process.exitCode = await runProduce({ ...options, count });
    },
  );
}

export function addInvoke(root: Command): void {
  root
    .command('invoke')
    .description('Invoke one function with one event and print its answer; exit 1 when it threw.')
    .argument('<consumer>', 'the consumer, such as billing')
    .argument('<event>', "a file with a Kafka event, '-' is standard input")
    .option('--assembly <dir>', 'read this cloud assembly instead of synthesizing the app of cdk.json')
    .option('--inspect', 'wait for a debugger before the invocation', false)
    .action(async (consumer: string, event: string, options: Pick<InvokeOptions, 'assembly' | 'inspect'>) => {
      const { runInvoke } = await import('./invoke.ts');
      process.exitCode = await runInvoke({ ...options, consumer, event });
    });
}

/** What `start` and `dev` have in common. */
function addRunOptions(command: Command): Command {
  addConnectionOptions(command, 'read from', 'the embedded source')
    .option('--commit', 'commit offsets and write to that Kafka (not the default with --cluster)')
    .option('--no-commit', 'only read that Kafka, in groups of its own (the default with --cluster)')
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
    .option('--topic <name>', "read and write this topic instead of the template's", topicName)
    .option('--consumer <name>', 'run only this consumer (repeatable)', collect, []);
  return addRunDetails(command);
}

function addRunDetails(command: Command): Command {
  return command
    .option('--report <file>', 'write the report as JSON')
    .option('--port <n>', 'port that npm run produce talks to (0 is a free one)', port, 0)
    .option('--no-faults', 'leave out the transient failures of a sample run')
    .option('--logs', "show the functions' log lines", false)
    .option('--config <file>', 'read this file instead of lanewise.config.ts')
    .option(
      '--knob <name=value>',
      'choose a behaviour, as docs/local.md lists them (repeatable)',
      knobFlag,
      [],
    )
    .option('--inspect <name>', 'let a debugger stop inside this consumer (repeatable)', collect, [])
    .option('--inspect-wait <name>', 'the same, and wait for the debugger first (repeatable)', collect, []);
}

function addConnectionOptions(command: Command, does: string, otherwise: string): Command {
  return command
    .addOption(
      new Option('--bootstrap <host:port>', `${does} this Kafka instead of ${otherwise}`)
        .argParser(bootstrapServers)
        .conflicts('cluster'),
    )
    .option(
      '--cluster <arn>',
      `${does} this Amazon MSK cluster, with the IAM credentials of AWS's SDK`,
      clusterArn,
    )
    .option('--tls', 'connect with TLS')
    .option('--ca <file>', 'trust the certificates of this PEM file (implies --tls)')
    .addOption(
      new Option(
        '--sasl-mechanism <name>',
        'sign in so, with the password of the variable LANEWISE_SASL_PASSWORD',
      ).choices(['plain', 'scram-sha-256', 'scram-sha-512']),
    )
    .option('--sasl-username <name>', 'sign in as this user');
}
