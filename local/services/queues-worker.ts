import type { AddressInfo } from 'node:net';
import { parentPort } from 'node:worker_threads';
import { buildApp } from 'fauxqs';

// Not `startFauxqs`: that listens on every address of the machine.
const app = buildApp({ logger: false });
await app.listen({ host: '127.0.0.1', port: 0 });
parentPort?.postMessage((app.server.address() as AddressInfo).port);
