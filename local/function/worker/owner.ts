/** How an environment speaks with its owner: from a worker thread through its port, from a process through its IPC channel. */
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import type {
  EnvironmentSettings,
  InvokeMessage,
  ProcessMessage,
  ProcessSettings,
  WorkerMessage,
} from '../protocol.ts';

export interface Owner {
  readonly settings: EnvironmentSettings;
  send(message: WorkerMessage): void;
  /** Ends the environment when the message has left it. */
  sendLast(message: WorkerMessage, exitCode: number): void;
  receive(listener: (invocation: InvokeMessage) => void): void;
}

export async function findOwner(): Promise<Owner> {
  const port = parentPort;
  if (port === null) return ownerOfProcess();
  return {
    settings: workerData,
    send: (message) => port.postMessage(message),
    sendLast: (message, exitCode) => {
      port.postMessage(message);
      process.exit(exitCode);
    },
    receive: (listener) => port.on('message', listener),
  };
}

/** In a process of its own the handler is inspected, and a debugger may be waited for. */
async function ownerOfProcess(): Promise<Owner> {
  // Nobody is left to end this process when its owner is gone, however that happened.
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  const [first] = await once(process, 'message');
  const { settings, waitsForDebugger }: ProcessSettings = first;
  const { default: inspector } = await import('node:inspector');
  inspector.open(0, '127.0.0.1');
  await new Promise((resolve) => {
    const message: ProcessMessage = { kind: 'inspecting', url: inspector.url() ?? '' };
    process.send?.(message, undefined, undefined, resolve);
  });
  if (waitsForDebugger) inspector.waitForDebugger();
  return {
    settings,
    send: (message) => process.send?.(message),
    sendLast: (message, exitCode) => {
      process.send?.(message, undefined, undefined, () => process.exit(exitCode));
    },
    receive: (listener) => process.on('message', listener),
  };
}
