import { createWriteStream, rmSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { LogLine } from '../function/function-options.ts';

export interface FunctionLog {
  write(line: LogLine): void;
  close(): Promise<void>;
}

/** What the functions print: always in a file, and on the screen when asked for. */
export function openFunctionLog(options: {
  readonly file: string;
  readonly show: ((line: string) => void) | undefined;
  /** Whether another run writes to the file too: then what is in it stays. */
  readonly isShared: boolean;
}): FunctionLog {
  if (!options.isShared) rmSync(options.file, { force: true });
  const stream = createWriteStream(options.file, { flags: 'a' });
  return {
    write: (line) => {
      const labelled = `${line.function} ${line.requestId ?? 'init'} ${line.line}`;
      stream.write(`${labelled}\n`);
      options.show?.(labelled);
    },
    close: async () => {
      stream.end();
      await finished(stream);
    },
  };
}
