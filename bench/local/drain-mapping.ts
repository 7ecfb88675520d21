import { randomUUID } from 'node:crypto';
import { startMapping } from '../../local/mapping/run-mapping.ts';
import type { RecordSource } from '../../local/source/record-source.ts';
import { aMapping } from '../support/a-mapping.ts';
import type { OpenInvoker } from './invokers.ts';

export interface Drain {
  readonly records: number;
  readonly batchSize: number;
}

/** Records a second that a mapping takes off a topic, from joining the group to the last commit. A new group each time. */
export async function drainMapping(
  source: RecordSource,
  invoker: OpenInvoker,
  { records, batchSize }: Drain,
): Promise<number> {
  const start = performance.now();
  const mapping = startMapping(aMapping({ batchSize, group: `bench-${randomUUID()}` }), { source, invoker });
  await mapping.waitUntilDrained();
  const took = performance.now() - start;
  const succeeded = mapping.status().partitions.reduce((sum, partition) => sum + partition.succeeded, 0);
  await mapping.stop();
  if (succeeded !== records) throw new Error(`the mapping has done ${succeeded} of ${records} records`);
  return (records / took) * 1_000;
}
