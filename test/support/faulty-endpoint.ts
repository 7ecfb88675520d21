import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** An error as DynamoDB words it, by its type. */
export type AwsError = { readonly __type: string; readonly message: string } & Readonly<
  Record<string, unknown>
>;

export const throttled: AwsError = { __type: 'ThrottlingException', message: 'Rate exceeded' };

/** A transaction that was cancelled for these reasons, one for each of its items. */
export function cancelled(...codes: readonly string[]): AwsError {
  return {
    __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
    message: 'Transaction cancelled',
    CancellationReasons: codes.map((Code) => ({ Code })),
  };
}

export interface FaultyEndpoint {
  readonly endpoint: string;
  /** Requests that were answered with an error. */
  failures(): number;
  stop(): Promise<void>;
}

/**
 * Stands before an AWS endpoint of this machine and answers itself what `fault` says; the rest goes through. A promise that never settles holds the
 * request for ever.
 */
export async function startFaultyEndpoint(
  target: string,
  fault: (body: string) => AwsError | undefined | Promise<undefined>,
): Promise<FaultyEndpoint> {
  let failures = 0;
  const server = createServer(async (incoming, outgoing) => {
    const body = await text(incoming);
    const error = await fault(body);
    if (!error) return forward(target, body, { incoming, outgoing });
    failures += 1;
    outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    failures: () => failures,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function forward(
  target: string,
  body: string,
  { incoming, outgoing }: { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse },
): void {
  const { method = 'POST', url = '/', headers } = incoming;
  const upstream = request(new URL(url, target), { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  upstream.end(body);
}
