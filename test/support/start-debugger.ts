/** A debugger, as Chrome and VS Code are: a client of the inspector over its WebSocket. */
export interface Debugger {
  /** Sets a breakpoint in a line, from 0, of each script whose address matches. */
  breakAt(script: RegExp, line: number, column?: number): Promise<void>;
  /** Tells a program that waits for its debugger to begin. */
  go(): Promise<void>;
  /** Resolves when the program is held; with the place of the topmost frame. */
  paused(): Promise<{ readonly url: string; readonly line: number }>;
  resume(): Promise<void>;
  /** Of the program. */
  processId(): Promise<number>;
  close(): void;
  /** Resolves when the program has ended the connection. */
  closed(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly error?: { readonly message: string };
  /** Of Runtime.evaluate. */
  readonly result?: { readonly result?: { readonly value?: unknown } };
  readonly params?: {
    /** Of Debugger.scriptParsed. */
    readonly scriptId?: string;
    readonly url?: string;
    /** Of Debugger.paused. */
    readonly callFrames?: readonly {
      readonly location: { readonly scriptId: string; readonly lineNumber: number };
    }[];
  };
}

export async function startDebugger(url: string): Promise<Debugger> {
  const socket = new WebSocket(url);
  const answers = new Map<number, (message: Message) => void>();
  const scripts = new Map<string, string>();
  const pauses: Message[] = [];
  let wake = () => {};
  socket.addEventListener('message', ({ data }) => {
    const message: Message = JSON.parse(String(data));
    if (message.id !== undefined) answers.get(message.id)?.(message);
    if (message.method === 'Debugger.scriptParsed') {
      scripts.set(message.params?.scriptId ?? '', message.params?.url ?? '');
    }
    if (message.method !== 'Debugger.paused') return;
    pauses.push(message);
    wake();
  });
  const closed = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error(`no inspector at ${url}`)));
  });
  const ask = async (method: string, params: object = {}): Promise<Message> => {
    const id = answers.size + 1;
    const answer = new Promise<Message>((resolve) => answers.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    const answered = await answer;
    if (answered.error) throw new Error(`${method}: ${answered.error.message}`);
    return answered;
  };
  const request = async (method: string, params?: object): Promise<void> => {
    await ask(method, params);
  };
  await request('Debugger.enable');
  return {
    breakAt: ({ source }, lineNumber, columnNumber = 0) =>
      request('Debugger.setBreakpointByUrl', { urlRegex: source, lineNumber, columnNumber }),
    go: () => request('Runtime.runIfWaitingForDebugger'),
    paused: async () => {
      while (pauses.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const location = pauses.shift()?.params?.callFrames?.[0]?.location;
      return { url: scripts.get(location?.scriptId ?? '') ?? '', line: location?.lineNumber ?? -1 };
    },
    resume: () => request('Debugger.resume'),
    processId: async () =>
      Number((await ask('Runtime.evaluate', { expression: 'process.pid' })).result?.result?.value),
    close: () => socket.close(),
    closed: () => closed,
  };
}
