/** Runs in a process of its own, as its memory is what is measured: `node bench/local/soak.ts <records>`. Prints JSON. */
import { startMapping } from '../../local/mapping/run-mapping.ts';
import { createEmbeddedSource } from '../../local/source/embedded-source.ts';
import { aMapping, topic } from '../support/a-mapping.ts';
import { produceOrders } from '../support/produce-orders.ts';
import { invokers } from './invokers.ts';

const partitions = 64;
const records = Number(process.argv[2]);

const source = createEmbeddedSource();
await source.createTopic(topic, partitions);
const invoker = await invokers['lanewise, JSON']?.();
if (invoker === undefined) throw new Error('there is no such function');
const mapping = startMapping(aMapping(), { source, invoker });

const samples: number[] = [];
const sampler = setInterval(() => samples.push(process.memoryUsage.rss() / 1e6), 50);
const start = performance.now();
await produceOrders(source, records, partitions);
await mapping.waitUntilDrained();
const seconds = (performance.now() - start) / 1_000;
clearInterval(sampler);

const succeeded = mapping.status().partitions.reduce((sum, partition) => sum + partition.succeeded, 0);
await mapping.stop();
await invoker.stop();
await source.close();

// Memory that grows with the number of records would show between the second and the last quarter.
const quarter = Math.floor(samples.length / 4);
const peak = (part: readonly number[]) => Math.max(0, ...part);
console.log(
  JSON.stringify({
    succeeded,
    seconds,
    peak: process.resourceUsage().maxRSS / 1_000,
    secondQuarter: peak(samples.slice(quarter, 2 * quarter)),
    lastQuarter: peak(samples.slice(-quarter)),
  }),
);
