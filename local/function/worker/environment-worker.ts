/**
 * The inside of an execution environment: a worker thread, or a process, that loads one handler and runs one invocation at a
 * time.
 * Node runs this file as it is, except below a node_modules folder, where it refuses to strip types.
 */
import { realpathSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { isLongerThan, maximumResponseBytes } from '../limits.ts';
import type { InvokeMessage, LambdaError, WorkerMessage } from '../protocol.ts';
import { captureOutput } from './capture-output.ts';
import { describeError, describeUnhandledRejection } from './describe-error.ts';
import { lambdaContext } from './lambda-context.ts';
import { type Handler, loadHandler } from './load-handler.ts';
import { findOwner } from './owner.ts';
import { registerRuntimeModules } from './runtime-modules.ts';

const owner = await findOwner();
const { settings } = owner;
if (process.env.NODE_COMPILE_CACHE === settings.compileCache) delete process.env.NODE_COMPILE_CACHE;
const codeDirectory = realpathSync(settings.codeDirectory);
let requestId: string | undefined;

const flushOutput = captureOutput((lines) => owner.send({ kind: 'log', requestId, lines }));

// The exit codes are those of Lambda's Node.js runtime.
process.on('uncaughtException', (error) => {
  crash(logged('Uncaught Exception', describeError(error)), 129);
});
process.on('unhandledRejection', (reason) => {
  crash(logged('Unhandled Promise Rejection', describeUnhandledRejection(reason)), 128);
});
process.on('exit', flushOutput);

function crash(error: LambdaError, exitCode: number): void {
  flushOutput();
  owner.sendLast({ kind: 'crashed', error }, exitCode);
}

/** Lambda's runtime writes an error into the function's log, under this title. */
function logged(title: string, error: LambdaError): LambdaError {
  const { errorType, errorMessage, trace } = error;
  const text = trace.length > 0 ? trace.join('\n') : `${errorType}: ${errorMessage}`;
  process.stderr.write(`${title} ${text}\n`);
  return error;
}

async function run(handler: Handler, invocation: InvokeMessage): Promise<void> {
  requestId = invocation.requestId;
  process.env._X_AMZN_TRACE_ID = invocation.traceId;
  const answer = await answerOf(handler, invocation);
  // As Lambda's runtime does it: a rejection that nobody handled shows itself before the answer is given.
  await setImmediate();
  flushOutput();
  owner.send(answer);
}

async function answerOf(handler: Handler, invocation: InvokeMessage): Promise<WorkerMessage> {
  try {
    const event: unknown = JSON.parse(invocation.payload);
    const payload = serialize(await handler(event, lambdaContext(settings, invocation)));
    return isLongerThan(payload, maximumResponseBytes)
      ? { kind: 'response-too-large' }
      : { kind: 'returned', payload };
  } catch (error) {
    return { kind: 'threw', error: logged('Invoke Error', describeError(error)) };
  }
}

/** `undefined`, and what JSON cannot say at all (a function), becomes `null`. */
function serialize(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch (cause) {
    const error = new Error(`Unable to stringify response body: ${describeError(cause).errorMessage}`);
    throw Object.assign(error, { name: 'Runtime.JSONStringifyError' });
  }
}

registerRuntimeModules({ codeDirectory, projectDirectory: settings.projectDirectory });
const loaded = await loadHandler(codeDirectory, settings.handler);
if (loaded.kind === 'failed') logged('Init Error', loaded.error);
flushOutput();
if (loaded.kind === 'loaded') {
  owner.receive((invocation) => void run(loaded.handler, invocation));
  owner.send({ kind: 'ready' });
} else {
  owner.send({ kind: 'init-failed', error: loaded.error });
}
