/**
 * Processor time and allocation of one candidate of `batch` by function, as text:
 * `node bench/profile/profile-batch.ts lanewise '{"handler":"awaiting"}'`.
 */
import { openCandidate } from '../batch/candidates/open-candidate.ts';
import { eventText } from '../batch/event-text.ts';
import type { Situation } from '../batch/situation.ts';
import { printCosts } from './print-costs.ts';
import { profileAllocation, profileTime } from './record-profile.ts';

const [candidate = 'lanewise', given = '{}'] = process.argv.slice(2);
const situation: Situation = {
  records: 1_000,
  partitions: 3,
  bytes: 500,
  fields: 'value',
  handler: 'awaiting',
  reads: 1,
  ...JSON.parse(given),
};
const batches = 2_000;

const handle = (await openCandidate(candidate))(situation, { records: 0, sum: 0 });
const text = eventText(situation);
// Parsed once and handed out again and again: parsing would hide the rest. No candidate that changes its event can be profiled so.
const event = JSON.parse(text);
const run = async (count: number) => {
  for (let batch = 0; batch < count; batch += 1) await handle(event);
};

await run(200);
const records = batches * situation.records;
const start = process.hrtime.bigint();
const time = await profileTime(() => run(batches));
const each = Number(process.hrtime.bigint() - start) / records;
const allocation = await profileAllocation(() => run(batches / 10));

console.log(`${candidate}, ${JSON.stringify(situation)}: ${each.toFixed(0)} ns a record\n`);
printCosts('ns a record', time, (self) => self * each);
printCosts('bytes a record', allocation, (self) => self / (records / 10));
