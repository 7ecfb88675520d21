/** Runs in a process of its own, as its memory is what is measured: `node bench/local/soak.ts <records> <function>`. Prints JSON. */
import { startMapping } from '../../local/mapping/run-mapping.ts';
import { createEmbeddedSource } from '../../local/source/embedded-source.ts';
import { aMapping, topic } from '../support/a-mapping.ts';
import { produceOrders } from '../support/produce-orders.ts';
import { invokers } from './invokers.ts';

const partitions = 64;
const [records = 0, name = ''] = [Number(process.argv[2]), process.argv[3]];

const source = createEmbeddedSource();
await source.createTopic(topic, partitions);
const invoker = await invokers[name]?.();
if (invoker === undefined) throw new Error(`there is no function '${name}'`);
const mapping = startMapping(aMapping(), { source, invoker });

const start = performance.now();
await produceOrders(source, records, partitions);
await mapping.waitUntilDrained();
const seconds = (performance.now() - start) / 1_000;

const succeeded = mapping.status().partitions.reduce((sum, partition) => sum + partition.succeeded, 0);
await mapping.stop();
await invoker.stop();
await source.close();
console.log(JSON.stringify({ succeeded, seconds, peak: process.resourceUsage().maxRSS / 1_000 }));
