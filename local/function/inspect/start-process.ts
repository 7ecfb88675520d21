import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Ending, EnvironmentOptions } from '../environment.ts';
import { type EnvironmentHost, environmentOf, type HostEvents, workerFile } from '../environment-host.ts';
import type { Inspection } from '../function-options.ts';
import type { ProcessMessage, ProcessSettings } from '../protocol.ts';
import { guardProcess } from './guard-process.ts';
import { type InspectorProxy, startInspectorProxy } from './inspector-proxy.ts';

/**
 * Starts an execution environment as a process of its own. A thread could have an inspector too, but one that a debugger is
 * attached to cannot be terminated; a process can, and a breakpoint in it stops nothing else.
 */
export function startProcess(
  { settings, variables }: EnvironmentOptions,
  { events, inspect }: Listening,
): EnvironmentHost {
  const child = fork(workerFile, {
    env: environmentOf(settings, variables),
    execArgv: [`--max-old-space-size=${settings.memorySize}`],
    // What Node itself says of its inspector; the handler's own output comes as messages.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // Ctrl-C in the terminal goes to us, who let the batches in flight end first.
    detached: true,
  });
  child.unref();
  child.channel?.unref();
  const close = listen(child, { events, inspect });
  const first: ProcessSettings = { settings, waitsForDebugger: inspect.waits };
  child.send(first);
  return {
    post: (invocation) => void child.send(invocation),
    terminate: async () => {
      close();
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

interface Listening {
  readonly events: HostEvents;
  readonly inspect: Inspection;
}

/** Returns what closes the way to the inspector. */
function listen(child: ChildProcess, { events, inspect }: Listening): () => void {
  let proxy: InspectorProxy | undefined;
  let isClosed = false;
  const close = () => {
    isClosed = true;
    proxy?.close();
  };
  const kill = () => child.kill('SIGKILL');
  const endGuard = guardProcess(child);
  process.once('exit', kill);
  child.on('message', async (message: ProcessMessage) => {
    if (message.kind !== 'inspecting') return events.message(message);
    proxy = await openInspector(message.url, { events, inspect });
    if (isClosed) proxy.close();
  });
  child.on('error', (error) =>
    events.ended({
      kind: 'crashed',
      error: { errorType: error.name, errorMessage: error.message, trace: [] },
    }),
  );
  child.on('exit', (exitCode, signal) => {
    process.off('exit', kill);
    endGuard();
    close();
    events.ended(endingOf(exitCode, signal));
  });
  return close;
}

async function openInspector(target: string, { events, inspect }: Listening): Promise<InspectorProxy> {
  const proxy = await startInspectorProxy({ target, port: inspect.place.port, onHeld: events.held });
  inspect.place.port = Number(new URL(proxy.url).port);
  inspect.onListening(proxy.url, inspect.waits);
  return proxy;
}

/** V8 aborts a process whose heap is full. */
function endingOf(exitCode: number | null, signal: NodeJS.Signals | null): Ending {
  if (signal === 'SIGABRT') return { kind: 'out-of-memory' };
  return signal === null ? { kind: 'exited', exitCode: exitCode ?? 0 } : { kind: 'killed' };
}
