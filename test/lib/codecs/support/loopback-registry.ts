import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface LoopbackRegistry extends AsyncDisposable {
  readonly url: string;
  /** Method and path of each request, in order. */
  readonly requests: readonly string[];
  readonly headers: readonly IncomingMessage['headers'][];
  /** What the next requests get, each once; then `last` for ever. */
  readonly answers: Answer[];
}

/** A server on this machine that answers as it is told, badly too. */
export async function startLoopbackRegistry(last: Answer): Promise<LoopbackRegistry> {
  const requests: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const answers: Answer[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    headers.push(request.headers);
    (answers.shift() ?? last)(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    requests,
    headers,
    answers,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function answering(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return (_, response) => {
    response.writeHead(status, headers);
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

export const silence: Answer = () => {};

export const hangUp: Answer = (request) => {
  request.socket.destroy();
};

/** The head and half a body, and then nothing. */
export const halfAnAnswer: Answer = (_, response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{"schema":');
};

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server does not listen');
  return address.port;
}
