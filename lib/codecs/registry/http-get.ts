import { RegistryError } from './registry-error.ts';

export interface HttpRetry {
  /** How often a request is sent at most. @default 3 */
  readonly attempts?: number;
  /** Milliseconds before the second attempt; doubled before each further one, and spread by half. @default 100 */
  readonly backoff?: number;
}

export interface HttpGetOptions extends HttpRetry {
  /** Milliseconds for one attempt, its body included. */
  readonly timeout: number;
  readonly headers: () => Promise<Readonly<Record<string, string>>>;
}

export interface HttpAnswer {
  readonly status: number;
  /** What the body says as JSON; `undefined` when it is not JSON. */
  readonly body: unknown;
}

const maxBodyBytes = 4 * 1024 * 1024;

/** Gets JSON. Tries again after what may pass: no connection, a timeout, 408, 429 and 5xx. @throws RegistryError REGISTRY_UNAVAILABLE */
export async function httpGet(url: URL, options: HttpGetOptions): Promise<HttpAnswer> {
  const { attempts = 3, backoff = 100 } = options;
  for (let attempt = 1; ; attempt++) {
    const answer = await attemptGet(url, options);
    const passing = answer instanceof RegistryError || isPassing(answer.status);
    if (!passing) return answer;
    if (attempt >= attempts) throw answer instanceof RegistryError ? answer : refusedWith(url, answer.status);
    await sleep(backoff * 2 ** (attempt - 1) * (0.5 + Math.random()));
  }
}

export function refusedWith(url: URL, status: number): RegistryError {
  const hint = status === 401 || status === 403 ? '; are its credentials right?' : '';
  return unavailable(url, `answered ${status}${hint}`);
}

export function unavailable(url: URL, what: string, cause?: unknown): RegistryError {
  return new RegistryError('REGISTRY_UNAVAILABLE', `the schema registry at ${url.origin} ${what}`, { cause });
}

function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

async function attemptGet(url: URL, options: HttpGetOptions): Promise<HttpAnswer | RegistryError> {
  const signal = AbortSignal.timeout(options.timeout);
  try {
    const headers = await options.headers();
    // A redirect could lead the credentials elsewhere.
    const response = await fetch(url, { headers, signal, redirect: 'manual' });
    return { status: response.status, body: parsed(await boundedText(response)) };
  } catch (error) {
    if (error instanceof RegistryError) return error;
    if (signal.aborted) return unavailable(url, `did not answer within ${options.timeout} ms`, error);
    return unavailable(url, 'could not be reached', error);
  }
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBodyBytes) {
      throw unavailable(new URL(response.url), `answered with more than ${maxBodyBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
