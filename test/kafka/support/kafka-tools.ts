import type { Kafka } from './start-kafka.ts';

/** Kafka's own command-line tools, as the shell scripts of its distribution call them. */
const tools = {
  topics: 'org.apache.kafka.tools.TopicCommand',
  producer: 'org.apache.kafka.tools.ConsoleProducer',
  consumer: 'org.apache.kafka.tools.consumer.ConsoleConsumer',
  groups: 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
} as const;

export async function createTopicWithTool(
  kafka: Kafka,
  topic: string,
  options: { readonly partitions: number; readonly configs?: Readonly<Record<string, string>> },
): Promise<void> {
  const configs = Object.entries(options.configs ?? {}).flatMap(([name, value]) => [
    '--config',
    `${name}=${value}`,
  ]);
  const partitions = ['--partitions', String(options.partitions)];
  await topicCommand(kafka, ['--create', '--topic', topic, ...partitions, ...configs]);
}

export async function addPartitionsWithTool(kafka: Kafka, topic: string, partitions: number): Promise<void> {
  await topicCommand(kafka, ['--alter', '--topic', topic, '--partitions', String(partitions)]);
}

export async function deleteTopicWithTool(kafka: Kafka, topic: string): Promise<void> {
  await topicCommand(kafka, ['--delete', '--topic', topic]);
}

/** Writes lines with the console producer: `key<TAB>value`, or only the value without a tab in any of them. */
export async function produceWithTool(
  kafka: Kafka,
  topic: string,
  options: { readonly lines: readonly string[]; readonly compression?: string },
): Promise<void> {
  const keyed = options.lines.some((line) => line.includes('\t'));
  const parseKey = keyed ? ['--reader-property', 'parse.key=true'] : [];
  const compression = options.compression === undefined ? [] : ['--compression-codec', options.compression];
  const args = ['--bootstrap-server', kafka.bootstrap, '--topic', topic, ...parseKey, ...compression];
  await kafka.runTool(tools.producer, args, `${options.lines.join('\n')}\n`);
}

/** Reads `count` records from the beginning with the console consumer, in a group of its own or a given one. */
export async function consumeWithTool(
  kafka: Kafka,
  topic: string,
  options: { readonly count: number; readonly group?: string },
): Promise<readonly string[]> {
  const group = options.group === undefined ? [] : ['--group', options.group];
  const limits = ['--from-beginning', '--max-messages', String(options.count), '--timeout-ms', '30000'];
  const args = ['--bootstrap-server', kafka.bootstrap, '--topic', topic, ...limits, ...group];
  return (await kafka.runTool(tools.consumer, args)).split('\n').filter((line) => line !== '');
}

/** A row of what ConsumerGroupCommand tells about a group: one for each partition with a commit or a member. */
export interface GroupRow {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  /** `undefined` when nothing is committed. */
  readonly committed: number | undefined;
  readonly end: number;
  readonly lag: number | undefined;
  readonly member: string | undefined;
}

export async function describeGroupWithTool(kafka: Kafka, group: string): Promise<readonly GroupRow[]> {
  const args = ['--bootstrap-server', kafka.bootstrap, '--describe', '--group', group];
  const printed = await kafka.runTool(tools.groups, args);
  const lines = printed.split('\n').map((line) => line.trim().split(/\s+/));
  return lines.filter(([name]) => name === group).map(groupRow);
}

async function topicCommand(kafka: Kafka, args: readonly string[]): Promise<void> {
  await kafka.runTool(tools.topics, ['--bootstrap-server', kafka.bootstrap, ...args]);
}

function groupRow([
  group = '',
  topic = '',
  partition,
  committed,
  end,
  lag,
  member,
]: readonly string[]): GroupRow {
  return {
    group,
    topic,
    partition: Number(partition),
    committed: numberOrNothing(committed),
    end: Number(end),
    lag: numberOrNothing(lag),
    member: member === '-' ? undefined : member,
  };
}

function numberOrNothing(text: string | undefined): number | undefined {
  return text === undefined || text === '-' ? undefined : Number(text);
}
