export { combineObservers } from './combine-observers.ts';
export { countOutcomes, type Outcome, type OutcomeCounter, type OutcomeCounts } from './count-outcomes.ts';
export { batchMetrics, type RuntimeMetric, runtimeMetrics } from './runtime-metrics.ts';
export type { Telemetry } from './telemetry.ts';
