import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between debuggers and an inspector, and so knows when one of them holds the program. */
export interface InspectorProxy {
  /** Where debuggers connect to. */
  readonly url: string;
  close(): void;
}

export interface InspectorProxyOptions {
  /** The inspector's own WebSocket address. */
  readonly target: string;
  /** Taken when it is free, else another one; 0 for any. */
  readonly port: number;
  /** A debugger holds the program, or none does any more: it let go, or went. */
  readonly onHeld: (isHeld: boolean) => void;
}

/**
 * A second client of the inspector could listen for pauses too, but as long as one is connected, a program stays held
 * when the debugger that held it goes.
 */
export async function startInspectorProxy(options: InspectorProxyOptions): Promise<InspectorProxy> {
  const target = new URL(options.target);
  const sockets = new Set<Socket>();
  const holders = new Set<Socket>();
  const hold = (client: Socket, isHolder: boolean) => {
    const before = holders.size > 0;
    if (isHolder) holders.add(client);
    else holders.delete(client);
    if (before !== holders.size > 0) options.onHeld(!before);
  };
  const server = createServer((client) => {
    const inspector = connect(Number(target.port), target.hostname);
    join(client, inspector, (isHolder) => hold(client, isHolder));
    for (const socket of [client, inspector]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    }
  });
  const port = (await listen(server, options.port)) ?? (await listen(server, 0)) ?? 0;
  server.unref();
  return {
    url: `ws://127.0.0.1:${port}${target.pathname}`,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** `undefined` when the port is taken. */
function listen(server: Server, port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function join(client: Socket, inspector: Socket, hold: (isHolder: boolean) => void): void {
  client.pipe(inspector);
  inspector.pipe(client);
  inspector.on('data', pauseReader(hold));
  for (const [one, other] of [
    [client, inspector],
    [inspector, client],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => {
      other.destroy();
      hold(false);
    });
  }
}

/**
 * Reads events out of the bytes to a debugger. An inspector sends its frames unmasked and uncompressed, and within a text
 * that JSON quotes (a script's source), the quotation marks would be escaped.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/v8/Debugger/
 */
function pauseReader(hold: (isHolder: boolean) => void): (chunk: Buffer) => void {
  const event = /\{"method":"Debugger\.(paused|resumed)"/g;
  const longestEvent = '{"method":"Debugger.resumed"'.length;
  let end = '';
  return (chunk) => {
    const text = end + chunk.toString('latin1');
    let read = 0;
    for (const match of text.matchAll(event)) {
      hold(match[1] === 'paused');
      read = match.index + match[0].length;
    }
    // What may be the beginning of an event, and was not read already.
    end = text.slice(Math.max(read, text.length - longestEvent + 1));
  };
}
