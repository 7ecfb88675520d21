import type { OpenHandler } from '../situation.ts';

/** Loaded on demand: a worker has the one it measures. */
const candidates: Readonly<Record<string, () => Promise<OpenHandler>>> = {
  floor: async () => (await import('./floor.ts')).floor,
  'floor, awaited in order': async () => (await import('./floor.ts')).awaitedFloor,
  lanewise: async () => (await import('./lanewise.ts')).lanewise,
  'Powertools kafka': async () => (await import('./powertools.ts')).powertoolsKafka,
  'Powertools kafka + batch': async () => (await import('./powertools.ts')).powertoolsBatch,
  middy: async () => (await import('./middy.ts')).middy,
};

/** The floor first. */
export const candidateNames = Object.keys(candidates);

export async function openCandidate(name: string): Promise<OpenHandler> {
  const load = candidates[name];
  if (load === undefined) {
    throw new Error(`there is no candidate '${name}'; there are: ${candidateNames.join(', ')}`);
  }
  return load();
}
