import type { Command } from 'commander';
import { topicName, wholeNumber } from '../options.ts';
import type { EventOptions } from './event.ts';

export function addEvent(root: Command): void {
  root
    .command('event')
    .description('Print an event as the mapping would send it, for npm run invoke and for tests.')
    .option('--topic <name>', 'the topic', topicName, 'order-events')
    .option('--records <n>', 'how many records', wholeNumber(1), 3)
    .option(
      '--partitions <n>',
      "partitions of the topic, among which Kafka's partitioner chooses",
      wholeNumber(1),
      3,
    )
    .option('--key <text>', 'the key of every record (the order id of each)')
    .option('--value <file>', 'a file with the value of every record (sample orders)')
    .option('--offset <n>', 'of the first record of each partition', wholeNumber(0), 0)
    .option('--seed <n>', 'seed of the sample orders', wholeNumber(0), 1)
    .option('--self-managed', 'as from a Kafka that is not MSK', false)
    .option('--thin', 'as a retry comes: records and nothing else', false)
    .action(async (options: EventOptions) => {
      const { eventText } = await import('./event.ts');
      process.stdout.write(await eventText(options));
    });
}
