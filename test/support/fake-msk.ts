import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeMsk {
  /** For a process that asks MSK for something; with credentials that are nobody's. */
  readonly environment: Readonly<Record<string, string>>;
  /** The cluster ARNs that it was asked for. */
  readonly asked: readonly string[];
  stop(): void;
}

/**
 * Amazon MSK's API, as far as it tells the brokers of a cluster.
 *
 * @see https://docs.aws.amazon.com/msk/1.0/apireference/clusters-clusterarn-bootstrap-brokers.html
 */
export async function startFakeMsk(
  answer: (arn: string) => { readonly status: number; readonly body: object; readonly errorType?: string },
): Promise<FakeMsk> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const arn = decodeURIComponent(
      /^\/v1\/clusters\/(.+)\/bootstrap-brokers$/.exec(request.url ?? '')?.[1] ?? '',
    );
    asked.push(arn);
    const { status, body, errorType } = answer(arn);
    const error = errorType === undefined ? {} : { 'x-amzn-errortype': errorType };
    response.writeHead(status, { 'content-type': 'application/json', ...error }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    environment: {
      AWS_ENDPOINT_URL_KAFKA: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'nobody',
    },
    stop: () => server.close(),
  };
}
