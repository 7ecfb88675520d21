import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { json } from 'node:stream/consumers';

export interface JsonRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface JsonResponse {
  readonly status: number;
  /** `undefined` when it is not JSON. */
  readonly body: unknown;
}

/**
 * Asks a service on this machine. Agents of our own, as the global ones and `fetch` go through the proxy of HTTP_PROXY when
 * NODE_USE_ENV_PROXY is set, which does not know this machine's ports.
 */
export async function requestJson(
  url: URL,
  { method = 'GET', headers, body }: JsonRequest = {},
): Promise<JsonResponse> {
  const isSecure = url.protocol === 'https:';
  const agent = isSecure ? new HttpsAgent() : new HttpAgent();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const send = isSecure ? httpsRequest : httpRequest;
    const type = { 'content-type': 'application/json' };
    send(
      url,
      { method, agent, headers: body === undefined ? { ...headers } : { ...type, ...headers } },
      resolve,
    )
      .once('error', reject)
      .end(body === undefined ? undefined : JSON.stringify(body));
  });
  return { status: response.statusCode ?? 0, body: await json(response).catch(() => undefined) };
}
