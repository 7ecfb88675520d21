import { parentPort, workerData } from 'node:worker_threads';
import { groups } from './cases.ts';

const { group, name, calls } = workerData;
const run = groups[group]?.[name];
if (run === undefined) throw new Error(`there is no case ${name} in ${group}`);

/** One turn for each message that asks for it; the answer is microseconds a call. */
parentPort?.on('message', () => {
  const start = process.hrtime.bigint();
  for (let index = 0; index < calls; index++) run();
  parentPort?.postMessage(Number(process.hrtime.bigint() - start) / calls / 1_000);
});
