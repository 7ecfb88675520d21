import { parentPort, workerData } from 'node:worker_threads';
import type { Case } from './case.ts';

const { module, candidate, situation } = workerData;
const { openCase } = await import(module);
const opened: Case = await openCase(candidate, situation);

parentPort?.on('message', async (request: 'turn' | 'digest' | 'close') => {
  parentPort?.postMessage(await answer(request));
  if (request === 'close') parentPort?.close();
});
parentPort?.postMessage('ready');

async function answer(request: 'turn' | 'digest' | 'close'): Promise<unknown> {
  switch (request) {
    case 'turn':
      return opened.turn();
    case 'digest':
      return opened.digest();
    case 'close':
      return opened.close?.();
  }
}
