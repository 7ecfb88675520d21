import { Admin, Consumer, FetchIsolationLevels, ListOffsetTimestamps, Producer } from '@platformatic/kafka';
import { LocalError } from '../local-error.ts';
import { clientOptions, type KafkaConnection, parseBootstrap } from './kafka/kafka-connection.ts';
import { hasApiId, isPassing, isUnknownTopic, kafkaProblem } from './kafka/kafka-errors.ts';
import { kafkaMember } from './kafka/kafka-member.ts';
import { keepTrying } from './kafka/keep-trying.ts';
import { produceToKafka } from './kafka/produce-to-kafka.ts';
import { topicMetadata } from './kafka/topic-metadata.ts';
import type { GroupMember, RecordSource, TopicDescription } from './record-source.ts';
import { checkPartitionCount, checkTopicName } from './topic-rules.ts';

export type { KafkaConnection, KafkaSasl } from './kafka/kafka-connection.ts';

export interface KafkaSourceOptions {
  readonly connection: KafkaConnection;
  /** Added to every group id, to read a topic beside those who read it in earnest. */
  readonly groupSuffix?: string;
  /** `false` keeps commits to this process: the cluster is only read. Default: `true`. */
  readonly commit?: boolean;
}

/** A broker that was never reached is probably not there; one that was may restart. */
const firstAnswerForMs = 2_000;
const answerForMs = 8_000;
const produceForMs = 30_000;

/** A record source on Apache Kafka or Amazon MSK. Connects when it is first asked for something. */
export function createKafkaSource(options: KafkaSourceOptions): RecordSource {
  const kafka = openKafka(options);
  return {
    kind: 'kafka',
    bootstrapServers: options.connection.bootstrap,
    describeTopic: (topic) => ask(kafka, () => describeTopic(kafka, topic)),
    createTopic: (topic, partitions, configs = {}) =>
      ask(kafka, () => createTopic(kafka, { topic, partitions, configs })),
    produce: (topic, records) => {
      const written = kafka.lastProduce.then(() => produce(kafka, topic, records));
      kafka.lastProduce = written.catch(() => undefined);
      return written;
    },
    join: (topic, group, listener) => join(kafka, options, { topic, group, listener }),
    endOffsets: (topic) => ask(kafka, () => endOffsets(kafka, topic)),
    close: () => close(kafka),
  };
}

interface OpenKafka {
  readonly bootstrap: string;
  readonly reader: Consumer;
  readonly admin: Admin;
  readonly producer: Producer;
  readonly members: Set<GroupMember>;
  readonly closing: AbortController;
  reached: boolean;
  nextKeyless: number;
  lastProduce: Promise<unknown>;
}

function openKafka({ connection }: KafkaSourceOptions): OpenKafka {
  parseBootstrap(connection.bootstrap);
  const options = clientOptions(connection);
  const reader = new Consumer({
    ...options,
    groupId: 'lanewise',
    isolationLevel: FetchIsolationLevels.READ_UNCOMMITTED,
  });
  // A request that is repeated must be the same request, or its records would be written twice: the client does that.
  const repeats = { retries: produceForMs / 250, retryDelay: 250, repeatOnStaleMetadata: true };
  const producer = new Producer({ ...options, ...repeats, idempotent: true });
  const admin = new Admin(options);
  for (const client of [reader, admin, producer]) {
    client.on('error', () => undefined);
  }
  const bootstrap = connection.bootstrap;
  return {
    bootstrap,
    reader,
    admin,
    producer,
    members: new Set(),
    closing: new AbortController(),
    reached: false,
    nextKeyless: 0,
    lastProduce: Promise.resolve(),
  };
}

/** Asks until there is an answer or the time is over; what is wrong then is told in one line. */
async function ask<Result>(kafka: OpenKafka, question: () => Promise<Result>): Promise<Result> {
  const patience = { isPassing, forMs: kafka.reached ? answerForMs : firstAnswerForMs };
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new LocalError(`Kafka at ${kafka.bootstrap} gives no answer`)),
    answerForMs,
  );
  try {
    const answer = await Promise.race([keepTrying(question, patience), late]);
    kafka.reached = true;
    return answer;
  } catch (error) {
    throw problemOf(kafka, error);
  } finally {
    clearTimeout(timer);
  }
}

async function describeTopic({ reader }: OpenKafka, topic: string): Promise<TopicDescription | undefined> {
  try {
    const { leaders } = await topicMetadata(reader, topic, true);
    return { name: topic, partitions: [...leaders.keys()] };
  } catch (error) {
    if (isUnknownTopic(error)) {
      return undefined;
    }
    throw error;
  }
}

interface NewTopic {
  readonly topic: string;
  readonly partitions: number;
  readonly configs: Readonly<Record<string, string>>;
}

async function createTopic(kafka: OpenKafka, { topic, partitions, configs }: NewTopic): Promise<void> {
  checkTopicName(topic);
  checkPartitionCount(topic, partitions);
  const { brokers } = await kafka.reader.metadata({ topics: [] });
  const settings = topicSettings(configs, brokers.size);
  await kafka.admin
    .createTopics({ topics: [topic], partitions, configs: settings })
    .catch((error: unknown) => {
      if (!hasApiId(error, 'TOPIC_ALREADY_EXISTS')) {
        throw error;
      }
    });
  const count = (await untilKnown(kafka, topic)).partitions.length;
  if (count !== partitions) {
    throw new LocalError(`topic ${topic} exists with ${count} partitions, not ${partitions}`);
  }
}

/** A cluster of fewer brokers than a topic wants in-sync replicas could not be written to: it gets as many as there are. */
function topicSettings(configs: Readonly<Record<string, string>>, brokers: number) {
  return Object.entries(configs).map(([name, value]) => {
    const reachable = name === 'min.insync.replicas' ? String(Math.min(Number(value), brokers)) : value;
    return { name, value: reachable };
  });
}

/** A topic is there for every client only a moment after it was created. */
async function untilKnown(kafka: OpenKafka, topic: string): Promise<TopicDescription> {
  const look = async () => {
    const found = await describeTopic(kafka, topic);
    if (found === undefined) {
      throw new LocalError(`topic ${topic} was created and is not there yet`);
    }
    return found;
  };
  return keepTrying(look, { isPassing: () => true, forMs: answerForMs / 2 });
}

async function produce(kafka: OpenKafka, topic: string, records: Parameters<RecordSource['produce']>[1]) {
  const { producer } = kafka;
  const nextKeyless = () => kafka.nextKeyless++;
  try {
    const { leaders } = await keepTrying(() => topicMetadata(producer, topic), {
      isPassing,
      forMs: produceForMs,
    });
    return await produceToKafka({ producer, topic, partitions: leaders.length, nextKeyless }, records);
  } catch (error) {
    throw isUnknownTopic(error) ? missingTopic(kafka, topic) : problemOf(kafka, error);
  }
}

async function join(
  kafka: OpenKafka,
  { connection, groupSuffix = '', commit = true }: KafkaSourceOptions,
  { topic, group, listener }: { topic: string; group: string; listener: Parameters<RecordSource['join']>[2] },
): Promise<GroupMember> {
  await existing(kafka, topic);
  const { signal } = kafka.closing;
  const options = { connection, topic, group: `${group}${groupSuffix}`, listener, commit, signal };
  const member = await kafkaMember(options).catch((error: unknown) => {
    throw problemOf(kafka, error);
  });
  if (signal.aborted) {
    await member.leave();
    throw problemOf(kafka, undefined);
  }
  kafka.members.add(member);
  const leave = async () => {
    kafka.members.delete(member);
    await member.leave();
  };
  return { ...member, leave };
}

async function existing(kafka: OpenKafka, topic: string): Promise<void> {
  if ((await ask(kafka, () => describeTopic(kafka, topic))) === undefined) {
    throw missingTopic(kafka, topic);
  }
}

/** Whatever went wrong, a source that was closed meanwhile is the reason. */
function problemOf({ bootstrap, closing }: OpenKafka, error: unknown): LocalError {
  return closing.signal.aborted
    ? new LocalError(`Kafka at ${bootstrap} is not asked any more: the source was closed`)
    : kafkaProblem(error, bootstrap);
}

function missingTopic({ bootstrap }: OpenKafka, topic: string): LocalError {
  return new LocalError(`topic ${topic} does not exist at ${bootstrap}: create it, or correct its name`);
}

async function endOffsets({ reader }: OpenKafka, topic: string) {
  await topicMetadata(reader, topic, true);
  const at = async (timestamp: bigint) =>
    (await reader.listOffsets({ topics: [topic], timestamp })).get(topic) ?? [];
  const [earliest, ends] = await Promise.all([
    at(ListOffsetTimestamps.EARLIEST),
    at(ListOffsetTimestamps.LATEST),
  ]);
  return new Map(
    ends.map((end, partition) => [
      partition,
      { earliest: Number(earliest[partition] ?? 0n), end: Number(end) },
    ]),
  );
}

async function close({ members, closing, reader, admin, producer }: OpenKafka): Promise<void> {
  closing.abort();
  await Promise.allSettled([...members].map((member) => member.leave()));
  members.clear();
  await Promise.allSettled([reader.close(true), admin.close(), producer.close(true)]);
}
