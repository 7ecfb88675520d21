import type { Ordering } from '../../../lib/index.ts';
import type { MappingConfig, SystemLogLevel } from '../../../local/mapping/mapping-config.ts';
import { type Random, randomInteger, seededRandom } from '../../../local/random.ts';
import { chance, pick } from './draw.ts';
import { planConfig, planKnobs } from './plan-config.ts';
import { type FaultRates, planFaults } from './plan-faults.ts';
import { type PlannedPartition, planPartition } from './plan-records.ts';

/** Everything that a seed decides before the first step. */
export interface Plan {
  readonly seed: number;
  readonly config: MappingConfig;
  readonly knobs: Readonly<Record<string, string>>;
  readonly prefetchRecords: number;
  /** Record texts that are kept ready; little of it makes the engine throw some away and fetch them again. */
  readonly bufferBytes: number;
  readonly ordering: Ordering;
  readonly concurrency: number;
  readonly park: boolean;
  /** Milliseconds that the function has. */
  readonly timeout: number;
  readonly partitions: readonly PlannedPartition[];
  readonly schema: boolean;
  /** Share of the records that is there at the start; the others are written while the mapping runs. */
  readonly writtenAtStart: number;
  readonly faults: FaultRates;
  readonly logLevel: SystemLogLevel | undefined;
}

/** Bytes in which all records of a run have room. */
const AMPLE = 24_000_000;

export function planRun(seed: number): Plan {
  const random = seededRandom(Math.imul(seed, 0x9e3779b1));
  const config = planConfig(random);
  const park = chance(random, 0.5);
  const schema = chance(random, 0.15);
  const trouble = pick(random, [0, 0.03, 0.1, 0.3]);
  // Without either end, one record would hold its partition for ever, as it would on AWS.
  const mayNeverSucceed = park || config.maximumRetryAttempts >= 0 || config.destination !== undefined;
  const rules = { trouble, mayNeverSucceed, schema, filter: config.filters.length > 0 };
  return {
    seed,
    config,
    knobs: planKnobs(random),
    prefetchRecords: pick(random, [5, 100, 100]),
    bufferBytes: pick(random, [AMPLE, AMPLE, AMPLE, AMPLE, 20_000]),
    ordering: pick(random, ['partition', 'partition', 'key', 'none']),
    concurrency: pick(random, [1, 3, 10]),
    park,
    timeout: config.reportBatchItemFailures ? pick(random, [3_000, 30_000]) : 30_000,
    partitions: planPartitions(random, rules, config.reportBatchItemFailures),
    schema,
    writtenAtStart: pick(random, [1, 1, 0.5, 0]),
    faults: planFaults(random),
    logLevel: chance(random, 0.2) ? 'DEBUG' : undefined,
  };
}

type Rules = Omit<Parameters<typeof planPartition>[1], 'partition' | 'count' | 'gaps' | 'slow'>;

/** About a hundred records. */
function planPartitions(random: Random, rules: Rules, partialAnswers: boolean): readonly PlannedPartition[] {
  const partitions = randomInteger(random, 1, 6);
  const total = randomInteger(random, 40, 160);
  const gaps = pick(random, [0, 0, 0.1]);
  // A batch that takes longer than the function has comes to its end only where a part of it can be reported.
  const slow = partialAnswers && chance(random, 0.2);
  return Array.from({ length: partitions }, (_, partition) => {
    const share = chance(random, 0.1) ? 0 : Math.ceil(total / partitions);
    return planPartition(random, { ...rules, partition, count: share, gaps, slow });
  });
}
