import { buildRunReport, type RunReport, type SetAsideRecord } from '../report/run-report.ts';
import { readEffects } from '../shop/effects.ts';
import { readParked } from '../shop/parked.ts';
import { shopResources } from '../shop/shop-resources.ts';
import type { OpenRun } from './open-run.ts';

/** What the run came to, read from where it is kept: the mappings, the parking queue, the tables and the outbox. */
export async function collectReport(
  open: OpenRun,
  facts: { readonly seed: number; readonly startedAt: number },
): Promise<RunReport> {
  const { environment } = open.services;
  const lostRecords = open.run.lost();
  return buildRunReport({
    seed: facts.seed,
    source: open.source.kind,
    durationMs: Date.now() - facts.startedAt,
    lost: lostRecords.length,
    produced: open.produced,
    statuses: open.run.statuses(),
    effects: await readEffects(shopResources(open.system), environment),
    parked: await parkedRecords(open),
    discarded: open.run.discarded(),
    lostRecords,
  });
}

/** What the consumers of this run have parked, by their groups. */
export async function parkedRecords(open: OpenRun): Promise<readonly SetAsideRecord[]> {
  const parked = await readParked(shopResources(open.system).parkingQueueUrls, open.services.environment);
  return parked.flatMap(({ group, topic, partition, offset, position, reason }) => {
    const mapping = open.mappings.find(({ config }) => config.group === group && config.topic === topic);
    return mapping ? [{ consumer: mapping.config.consumer, partition, offset, position, reason }] : [];
  });
}
