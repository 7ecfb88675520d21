import { LocalError } from '../local-error.ts';
import type { GivenRecord } from '../shop/orders-file.ts';
import type { OpenRun } from './open-run.ts';
import type { SelectedMapping } from './select-mappings.ts';

/** Records written in one go: between two of them a run can be told to end. */
const atOnce = 1_000;

/**
 * Writes to every topic that a mapping of this run reads, until it is told to end.
 *
 * @throws LocalError when a record names a partition that a topic does not have; then nothing is written.
 */
export async function writeOrders(
  open: OpenRun,
  records: readonly GivenRecord[],
  signal?: AbortSignal,
): Promise<void> {
  if (records.length === 0) return;
  const topics = [...new Set(open.mappings.map(({ config }) => config.topic))];
  for (const topic of topics) await refuseMissingPartitions(open, topic, records);
  for (let from = 0; from < records.length && !signal?.aborted; from += atOnce) {
    const some = records.slice(from, from + atOnce);
    for (const topic of topics) {
      await open.source.produce(topic, some);
      open.produced += some.length;
    }
  }
}

async function refuseMissingPartitions(
  { source }: OpenRun,
  topic: string,
  records: readonly GivenRecord[],
): Promise<void> {
  const partitions = (await source.describeTopic(topic))?.partitions ?? [];
  const misplaced = records.find(
    ({ partition }) => partition !== undefined && !partitions.includes(partition),
  );
  if (!misplaced) return;
  throw new LocalError(
    `${misplaced.place ?? 'a record'}: there is no partition ${misplaced.partition} in topic ${topic}, it has 0 to ${partitions.length - 1}; leave "partition" out to have one chosen by the key`,
  );
}

/** A line for each mapping that will give records of a file up as too old: they have the time that the file says. */
export function oldOrders(
  records: readonly GivenRecord[],
  mappings: readonly SelectedMapping[],
  now: number,
): readonly string[] {
  return mappings.flatMap(({ config: { consumer, maximumRecordAge } }) => {
    const isOld = ({ timestamp }: GivenRecord) =>
      maximumRecordAge !== -1 && timestamp !== undefined && timestamp < now - maximumRecordAge;
    const old = records.filter(isOld).length;
    return old === 0
      ? []
      : `${consumer}: gives up ${old} of the orders untried, which are older by their "ts" than its MaximumRecordAgeInSeconds (${maximumRecordAge / 1_000}); leave "ts" out to write them as of now`;
  });
}
