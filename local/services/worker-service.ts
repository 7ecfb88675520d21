import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { LocalService } from './local-service.ts';

/**
 * Runs a service in a worker thread that tells its port in its first message. A thread of its own, because loading these
 * services takes longer than starting them, and because their state lives in their modules: each start has its own.
 */
export async function startWorkerService(file: URL): Promise<LocalService> {
  const worker = new Worker(file, { stdout: true, stderr: true });
  worker.stdout.resume();
  worker.stderr.resume();
  // Rejects with the worker's error when it fails before its first message.
  const [port]: readonly number[] = await once(worker, 'message');
  // From here on a crash shows to the callers as a broken connection.
  worker.on('error', () => undefined);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: async () => {
      await worker.terminate();
    },
  };
}
