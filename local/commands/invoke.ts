import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { noFaults } from '../faults/fault-plan.ts';
import { compileCacheOf } from '../function/compile-cache.ts';
import { createFunction } from '../function/create-function.ts';
import type { InvokeResult } from '../function/invoker.ts';
import { LocalError } from '../local-error.ts';
import type { InvokeOptions } from '../options.ts';
import { inspectionOf } from '../run/inspections.ts';
import { readSystem } from '../run/read-system.ts';
import { mappingOf } from '../run/select-mappings.ts';
import { startShopServices } from '../run/shop-services.ts';

/**
 * `npm run invoke -- billing event.json`: one function, one event. Its answer goes to standard output, its log to
 * standard error.
 *
 * @throws LocalError for bad input; then nothing is left running.
 */
export async function runInvoke(options: InvokeOptions): Promise<number> {
  const closing = new AsyncDisposableStack();
  try {
    return await invoke(options, closing);
  } finally {
    await closing.disposeAsync();
  }
}

async function invoke(options: InvokeOptions, closing: AsyncDisposableStack): Promise<number> {
  const payload = await readEvent(options.event);
  const projectDirectory = process.cwd();
  const system = await readSystem(projectDirectory, options.assembly);
  const { functionLogicalId } = mappingOf(options.consumer, system.mappings, 'in the template');
  const config = system.functions.find((item) => item.logicalId === functionLogicalId);
  if (!config) throw new LocalError(`the function of consumer '${options.consumer}' is not in the template`);
  const services = await startShopServices(system, noFaults);
  closing.defer(() => services.stop());
  const started = createFunction(config, {
    projectDirectory,
    environment: services.functionEnvironment,
    onLog: ({ line }) => note(line),
    compileCache: compileCacheOf(projectDirectory),
    inspect: options.inspect ? inspectionOf(config.name, { waits: true, note }) : undefined,
  });
  closing.defer(() => started.stop());
  return print(await started.invoke(payload));
}

/** Standard output is the answer's. */
const note = (line: string) => void process.stderr.write(`${line}\n`);

async function readEvent(path: string): Promise<string> {
  const name = path === '-' ? 'standard input' : path;
  const content = await (path === '-' ? text(process.stdin) : readFile(path, 'utf8')).catch(
    (error: Error) => {
      throw new LocalError(`cannot read the event of ${name}: ${error.message}`);
    },
  );
  // Some editors begin a file with a byte order mark.
  const event = content.replace(/^\ufeff/, '');
  try {
    JSON.parse(event);
  } catch {
    throw new LocalError(
      `${name} is not JSON; a Kafka event looks like { "records": { "order-events-0": [ … ] } }, see test/fixtures/events/`,
    );
  }
  return event;
}

function print(result: InvokeResult): number {
  switch (result.kind) {
    case 'returned':
      process.stdout.write(`${JSON.stringify(JSON.parse(result.payload), undefined, 2)}\n`);
      return 0;
    case 'function-error':
      process.stdout.write(
        `${JSON.stringify({ errorType: result.errorType, errorMessage: result.errorMessage }, undefined, 2)}\n`,
      );
      return 1;
    case 'not-reached':
      process.stderr.write(`lanewise: the function was not reached: ${result.message}\n`);
      return 1;
  }
}
