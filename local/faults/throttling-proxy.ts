import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ThrottlingProxy {
  readonly endpoint: string;
  /** Requests answered with a throttle so far. */
  throttled(): number;
  stop(): Promise<void>;
}

/** What DynamoDB answers to a request above its limits. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const throttleBody = JSON.stringify({
  __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException',
  message: 'Rate of requests exceeds the allowed throughput.',
});

/**
 * Stands before a DynamoDB endpoint and throttles some requests, so that a run shows what a handler does then.
 *
 * @param isThrottled is asked for each request, counted from 1.
 */
export async function startThrottlingProxy(
  target: string,
  isThrottled: (request: number) => boolean,
): Promise<ThrottlingProxy> {
  const agent = new Agent({ keepAlive: true });
  let seen = 0;
  let throttled = 0;
  const server = createServer((incoming, outgoing) => {
    seen += 1;
    if (!isThrottled(seen)) return forward(new URL(target), agent, { incoming, outgoing });
    throttled += 1;
    incoming.resume();
    outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(throttleBody);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    throttled: () => throttled,
    stop: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function forward(
  target: URL,
  agent: Agent,
  { incoming, outgoing }: { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse },
): void {
  const upstream = request(
    {
      agent,
      host: target.hostname,
      port: target.port,
      method: incoming.method,
      path: incoming.url,
      headers: incoming.headers,
    },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  // A service that is gone shows to the handler as a broken connection, which is what it is.
  upstream.once('error', () => outgoing.destroy());
  incoming.pipe(upstream);
}
