import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import {
  type InspectorProxy,
  startInspectorProxy,
} from '../../../../local/function/inspect/inspector-proxy.ts';

const servers: Server[] = [];
const proxies: InspectorProxy[] = [];
afterEach(() => {
  for (const proxy of proxies.splice(0)) proxy.close();
  for (const server of servers.splice(0)) server.close();
});

const portOf = (server: Server) => (server.address() as AddressInfo).port;

async function listening(): Promise<Server> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** An inspector whose words the test chooses, behind a proxy. */
async function aProxy(port = 0) {
  const held: boolean[] = [];
  const inspector = await listening();
  const target = `ws://127.0.0.1:${portOf(inspector)}/an-id`;
  const proxy = await startInspectorProxy({ target, port, onHeld: (isHeld) => held.push(isHeld) });
  proxies.push(proxy);
  const join = async () => {
    const debugging = connect(Number(new URL(proxy.url).port), '127.0.0.1');
    const [socket]: Socket[] = await once(inspector, 'connection');
    if (!socket) throw new Error('nobody connected');
    const read: Buffer[] = [];
    debugging.on('data', (chunk) => read.push(chunk));
    const say = async (text: string) => {
      const before = Buffer.concat(read).length;
      socket.write(text);
      await expect.poll(() => Buffer.concat(read).length).toBe(before + Buffer.byteLength(text));
    };
    return { say, leave: () => debugging.destroy(), read: () => Buffer.concat(read).toString() };
  };
  return { held, url: proxy.url, join };
}

const paused = '{"method":"Debugger.paused","params":{}}';
const resumed = '{"method":"Debugger.resumed","params":{}}';

test('a pause is seen however the bytes come', async () => {
  for (let cut = 1; cut < paused.length; cut += 5) {
    const { held, join } = await aProxy();
    const debugging = await join();
    await debugging.say(`\x81\x20${paused.slice(0, cut)}`);
    await debugging.say(`${paused.slice(cut)}\x81\x20`);
    expect(held).toEqual([true]);
    await debugging.say(resumed);
    expect(held).toEqual([true, false]);
    expect(debugging.read()).toContain(paused);
  }
});

test('a pause and what ends it may come in one', async () => {
  const { held, join } = await aProxy();
  await (await join()).say(paused + resumed + paused);
  expect(held).toEqual([true, false, true]);
});

test('the source of a script that speaks of pauses is none', async () => {
  const { held, join } = await aProxy();
  await (await join()).say(JSON.stringify({ id: 1, result: { scriptSource: paused } }));
  expect(held).toEqual([]);
});

test('a program is held until the last debugger lets go or goes', async () => {
  const { held, join } = await aProxy();
  const [one, other] = [await join(), await join()];
  await one.say(paused);
  await other.say(paused);
  await one.say(resumed);
  expect(held).toEqual([true]);
  other.leave();
  await expect.poll(() => held).toEqual([true, false]);
});

test('the port that is asked for is taken, or another one when it is not free', async () => {
  const taken = portOf(await listening());
  const { url } = await aProxy(taken);
  expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/an-id$/);
  expect(Number(new URL(url).port)).not.toBe(taken);
});
