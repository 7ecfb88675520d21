import { LocalError } from '../local-error.ts';
import { readControlFile } from './control-file.ts';
import type { ProduceRequest } from './control-server.ts';

/** Asks the running `npm start` of this project for more sample orders; resolves with how many it wrote. */
export async function requestProduce(projectDirectory: string, request: ProduceRequest): Promise<number> {
  const address = readControlFile(projectDirectory);
  if (!address) {
    throw new LocalError(
      `no lanewise is running in ${projectDirectory}; run 'npm start' in another terminal, or write to a Kafka with --bootstrap host:port`,
    );
  }
  const response = await fetch(`http://127.0.0.1:${address.port}/produce`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-lanewise-token': address.token },
    body: JSON.stringify(request),
  }).catch((error: Error) => {
    throw new LocalError(
      `the lanewise of process ${address.pid} does not answer on port ${address.port}: ${error.message}`,
    );
  });
  const body = (await response.json()) as { readonly produced?: number; readonly error?: string };
  if (!response.ok || body.produced === undefined) {
    throw new LocalError(`the running lanewise refused: ${body.error ?? response.statusText}`);
  }
  return body.produced;
}
