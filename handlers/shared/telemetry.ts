import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Observer } from '../../lib/index.ts';
import { powertools } from '../../lib/telemetry/powertools/powertools.ts';

/** Logs and metrics of a consumer. Service and namespace are POWERTOOLS_SERVICE_NAME and POWERTOOLS_METRICS_NAMESPACE. */
export function telemetry(): Observer {
  return powertools({ logger: new Logger(), metrics: new Metrics() }).observer;
}
