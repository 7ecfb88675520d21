import { KNOB_TABLE } from '../../../local/mapping/knobs.ts';
import type { MappingConfig } from '../../../local/mapping/mapping-config.ts';
import { type Random, randomInteger } from '../../../local/random.ts';
import { chance, pick } from './draw.ts';

export const TOPIC = 'sim-2';

/** An event source mapping as people may declare it, drawn by chance. */
export function planConfig(random: Random): MappingConfig {
  const provisioned = chance(random, 0.9);
  return {
    consumer: 'simulated',
    uuid: '11111111-2222-4333-8444-555555555555',
    functionArn: 'arn:aws:lambda:eu-central-1:000011112222:function:simulated',
    topic: TOPIC,
    group: 'simulated',
    source: chance(random, 0.5)
      ? { kind: 'msk', arn: 'arn:aws:kafka:eu-central-1:000011112222:cluster/sim/0f1e-4' }
      : { kind: 'self-managed', bootstrapServers: 'b-1.sim.example:9092' },
    enabled: true,
    startingPosition: { kind: 'TRIM_HORIZON' },
    batchSize: pick(random, [1, 3, 8, 20, 50]),
    batchingWindow: pick(random, [0, 500, 500, 2_000]),
    destination: chance(random, 0.5) ? { kind: 'kafka', topic: 'given-up' } : undefined,
    filters: chance(random, 0.2) ? [{ value: { kind: ['keep'] } }] : [],
    ...(provisioned ? provisionedMode(random) : ON_DEMAND),
  };
}

function provisionedMode(random: Random) {
  const maximumPollers = randomInteger(random, 1, 4);
  return {
    provisioned: { minimumPollers: randomInteger(random, 1, maximumPollers), maximumPollers },
    maximumRetryAttempts: pick(random, [-1, -1, 0, 1, 2, 5]),
    maximumRecordAge: pick(random, [-1, -1, -1, 60_000, 120_000]),
    bisectBatchOnFunctionError: chance(random, 0.4),
    reportBatchItemFailures: chance(random, 0.85),
  };
}

/** The error controls belong to provisioned mode. */
const ON_DEMAND = {
  provisioned: undefined,
  maximumRetryAttempts: -1,
  maximumRecordAge: -1,
  bisectBatchOnFunctionError: false,
  reportBatchItemFailures: false,
} as const;

/** One way for each thing about the mapping that AWS does not document. */
export function planKnobs(random: Random): Readonly<Record<string, string>> {
  const chosen = Object.entries(KNOB_TABLE).map(([name, { values }]) => {
    const value: string = values[Math.floor(random() * values.length)] ?? values[0];
    return [name, value] as const;
  });
  return Object.fromEntries(chosen);
}
