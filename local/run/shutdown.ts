/** What Ctrl-C does: the first asks the run to end in order, the second ends the process at once. */
export interface Shutdown {
  /** Aborted by the first signal, and when nobody reads the output any more. */
  readonly signal: AbortSignal;
  /** Gives the signals back to the process. */
  release(): void;
}

const interruptedExitCode = 130;

export function handleShutdown(
  note: (line: string) => void,
  output: NodeJS.EventEmitter = process.stdout,
): Shutdown {
  const controller = new AbortController();
  const onSignal = () => {
    // Child processes and workers hang on this process's exit, so that nothing is left running.
    if (controller.signal.aborted) process.exit(interruptedExitCode);
    note('stopping: finishing the batches in flight (Ctrl-C again to end at once)');
    controller.abort();
  };
  // A terminal that is closed, and a reader that goes away as `| head` does, may tell so more than once.
  const onGone = () => controller.abort();
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.on('SIGHUP', onGone);
  output.on('error', onGone);
  return {
    signal: controller.signal,
    release: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
      process.off('SIGHUP', onGone);
      output.off('error', onGone);
    },
  };
}
