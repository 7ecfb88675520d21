import { Session } from 'node:inspector/promises';

/** What a function cost by itself: a part of all samples for processor time, bytes for allocation. */
export interface Cost {
  readonly place: string;
  readonly self: number;
}

/** Processor time by function, the most expensive first, in parts of the whole. */
export async function profileTime(work: () => Promise<unknown>): Promise<readonly Cost[]> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  const costs = new Map<string, number>();
  for (const { callFrame, hitCount = 0 } of profile.nodes) add(costs, placeOf(callFrame), hitCount);
  const all = [...costs.values()].reduce((sum, hits) => sum + hits, 0);
  return ranked(costs).map(({ place, self }) => ({ place, self: self / all }));
}

/** Bytes by function, the most expensive first, also those that were collected since. A sample every 512 bytes. */
export async function profileAllocation(work: () => Promise<unknown>): Promise<readonly Cost[]> {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.startSampling', {
    samplingInterval: 512,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  await work();
  const { profile } = await session.post('HeapProfiler.stopSampling');
  session.disconnect();
  const costs = new Map<string, number>();
  const visit = (node: typeof profile.head) => {
    add(costs, placeOf(node.callFrame), node.selfSize);
    node.children.forEach(visit);
  };
  visit(profile.head);
  return ranked(costs);
}

function ranked(costs: ReadonlyMap<string, number>): readonly Cost[] {
  return [...costs]
    .map(([place, self]) => ({ place, self }))
    .filter(({ self }) => self > 0)
    .sort((one, other) => other.self - one.self);
}

function add(costs: Map<string, number>, place: string, amount: number): void {
  costs.set(place, (costs.get(place) ?? 0) + amount);
}

function placeOf(frame: {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
}) {
  const file = frame.url.replace(/^.*?\/(?=(lib|bench|local|node_modules)\/)/, '').replace('file://', '');
  return `${frame.functionName || '(anonymous)'} ${file}${file ? `:${frame.lineNumber + 1}` : ''}`;
}
