import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Ending, EnvironmentOptions } from '../environment.ts';
import { type EnvironmentHost, type HostEvents, workerFile } from '../environment-host.ts';
import type { Inspection } from '../function-options.ts';
import type { ProcessMessage, ProcessSettings } from '../protocol.ts';
import { watchPauses } from './watch-pauses.ts';

/**
 * Starts an execution environment as a process of its own. A thread could have an inspector too, but one that a debugger is
 * attached to cannot be terminated; a process can, and a breakpoint in it stops nothing else.
 */
export function startProcess(
  { settings, variables }: EnvironmentOptions,
  { events, inspect }: { readonly events: HostEvents; readonly inspect: Inspection },
): EnvironmentHost {
  const child = fork(workerFile, {
    env: { ...variables },
    execArgv: [`--max-old-space-size=${settings.memorySize}`],
    // What Node itself says of its inspector; the handler's own output comes as messages.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // Ctrl-C in the terminal goes to us, who let the batches in flight end first.
    detached: true,
  });
  child.unref();
  child.channel?.unref();
  const endWatch = listen(child, { events, inspect });
  const first: ProcessSettings = { settings, waitsForDebugger: inspect.waits };
  child.send(first);
  return {
    post: (invocation) => void child.send(invocation),
    terminate: async () => {
      endWatch();
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Returns what ends the connection to the inspector. */
function listen(
  child: ChildProcess,
  { events, inspect }: { readonly events: HostEvents; readonly inspect: Inspection },
): () => void {
  let endWatch = () => {};
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.on('message', (message: ProcessMessage) => {
    if (message.kind === 'inspecting') {
      endWatch = watchPauses(message.url, events.held);
      inspect.onListening(message.url, inspect.waits);
    } else {
      events.message(message);
    }
  });
  child.on('error', (error) =>
    events.ended({
      kind: 'crashed',
      error: { errorType: error.name, errorMessage: error.message, trace: [] },
    }),
  );
  child.on('exit', (exitCode, signal) => {
    process.off('exit', kill);
    endWatch();
    events.ended(endingOf(exitCode, signal));
  });
  return () => endWatch();
}

/** V8 aborts a process whose heap is full. */
function endingOf(exitCode: number | null, signal: NodeJS.Signals | null): Ending {
  if (signal === 'SIGABRT') return { kind: 'out-of-memory' };
  return signal === null ? { kind: 'exited', exitCode: exitCode ?? 0 } : { kind: 'killed' };
}
