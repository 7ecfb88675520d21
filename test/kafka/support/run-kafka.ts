/** `npm run kafka`: an Apache Kafka on this machine until Ctrl-C, to run consumers or the benchmarks against. */
import { once } from 'node:events';
import { startKafka } from './start-kafka.ts';

const kafka = await startKafka();
console.log(`Kafka listens at ${kafka.bootstrap}; Ctrl-C ends it and removes its data`);
const keepAlive = setInterval(() => {}, 2 ** 30);
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
clearInterval(keepAlive);
await kafka.stop();
