import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalError } from '../local-error.ts';
import { removeControlFile, writeControlFile } from './control-file.ts';

/** What another process asks of a run: so many sample orders more. */
export interface ProduceRequest {
  readonly count: number;
  /** Of the orders; another one each time when it is not given. */
  readonly seed?: number | undefined;
}

export interface ControlServer {
  readonly port: number;
  stop(): Promise<void>;
}

const maximumBodyBytes = 1024;

/** Lets `npm run produce` reach a running `npm start`, on the loopback interface and with a token only. */
export async function startControlServer(
  options: { readonly projectDirectory: string; readonly port: number },
  produce: (request: ProduceRequest) => Promise<{ readonly produced: number }>,
): Promise<ControlServer> {
  const token = randomUUID();
  const server = createServer((request, response) => {
    answer(request, response, { token, produce }).catch((error: Error) =>
      reply(response, 400, { error: error.message }),
    );
  });
  const port = await listen(server, options.port);
  writeControlFile(options.projectDirectory, { pid: process.pid, port, token, startedAt: Date.now() });
  return {
    port,
    stop: async () => {
      removeControlFile(options.projectDirectory, process.pid);
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new LocalError(
              `port ${port} on 127.0.0.1 is in use; give another one with --port, or none for a free one`,
            )
          : new LocalError(`cannot listen on port ${port} of 127.0.0.1: ${error.message}`),
      );
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  run: {
    readonly token: string;
    readonly produce: (request: ProduceRequest) => Promise<{ readonly produced: number }>;
  },
): Promise<void> {
  if (request.headers['x-lanewise-token'] !== run.token)
    return reply(response, 403, { error: 'wrong token' });
  if (request.method !== 'POST' || request.url !== '/produce')
    return reply(response, 404, { error: 'no such call' });
  const body = JSON.parse(await readBody(request)) as Partial<ProduceRequest>;
  const { count, seed } = body;
  if (!isWholeFrom(1, count)) return reply(response, 400, { error: 'count must be a whole number from 1' });
  if (seed !== undefined && !isWholeFrom(0, seed))
    return reply(response, 400, { error: 'seed must be a whole number from 0' });
  reply(response, 200, await run.produce({ count, seed }));
}

const isWholeFrom = (low: number, value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= low;

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > maximumBodyBytes) throw new Error(`the body is longer than ${maximumBodyBytes} bytes`);
  }
  return body;
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
