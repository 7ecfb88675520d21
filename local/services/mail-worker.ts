import type { AddressInfo } from 'node:net';
import { parentPort } from 'node:worker_threads';
import mailServer from 'aws-ses-v2-local';

// CommonJS with a default export: the function is a property of what an ES module imports.
const server = await mailServer.default({ host: '127.0.0.1', port: 0 });
parentPort?.postMessage((server.address() as AddressInfo).port);
