import { LocalError } from '../local-error.ts';
import { requestJson } from '../services/request-json.ts';
import { type ControlAddress, readControlFiles } from './control-file.ts';
import type { ProduceRequest } from './control-server.ts';

/** Asks the running `npm start` of this project, the last of several, for more sample orders; resolves with how many it wrote. */
export async function requestProduce(projectDirectory: string, request: ProduceRequest): Promise<number> {
  for (const address of readControlFiles(projectDirectory)) {
    const response = await ask(address, request);
    // Nobody there: another program has the process id of a run that was killed.
    if (response === undefined) continue;
    const body = response.body as { readonly produced?: number; readonly error?: string } | undefined;
    if (body?.produced !== undefined) return body.produced;
    throw new LocalError(`the running lanewise refused: ${body?.error ?? `status ${response.status}`}`);
  }
  throw new LocalError(
    `no lanewise is running in ${projectDirectory}; run 'npm start' in another terminal, or write to a Kafka with --bootstrap host:port`,
  );
}

function ask({ port, token }: ControlAddress, request: ProduceRequest) {
  return requestJson(new URL(`http://127.0.0.1:${port}/produce`), {
    method: 'POST',
    headers: { 'x-lanewise-token': token },
    body: request,
  }).catch(() => undefined);
}
