/**
 * Processor time of the local mapping by function, as text: `node bench/profile/profile-mapping.ts`. Embedded source, three partitions, batches of
 * 1,000, and no function behind it, so that only the mapping is seen.
 */
import { createEmbeddedSource } from '../../local/source/embedded-source.ts';
import { drainMapping } from '../local/drain-mapping.ts';
import { invokers } from '../local/invokers.ts';
import { topic } from '../support/a-mapping.ts';
import { produceOrders } from '../support/produce-orders.ts';
import { printCosts } from './print-costs.ts';
import { profileTime } from './record-profile.ts';

const records = 200_000;
const source = createEmbeddedSource({ retention: { maxBytes: 1e9, committedBytes: 1e9 } });
await source.createTopic(topic, 3);
await produceOrders(source, records, 3);
const invoker = await invokers['no function']?.();
if (invoker === undefined) throw new Error('there is no such function');
const run = () => drainMapping(source, invoker, { records, batchSize: 1_000 });

await run();
const start = process.hrtime.bigint();
const time = await profileTime(run);
const each = Number(process.hrtime.bigint() - start) / records;
console.log(`the local mapping, embedded source: ${each.toFixed(0)} ns a record\n`);
printCosts('ns a record', time, (self) => self * each);
await source.close();
