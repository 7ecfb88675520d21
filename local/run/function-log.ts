import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
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
}): FunctionLog {
  mkdirSync(dirname(options.file), { recursive: true });
  const stream = createWriteStream(options.file);
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
