/** Refuses a mapping that AWS would not run as it is declared. */
import { LocalError } from '../local-error.ts';
import type { MappingConfig } from './mapping-config.ts';

/** @throws LocalError with AWS's text for what belongs to provisioned mode (R5a), or a destination topic that is read (R116). */
export function refuseConfig(config: MappingConfig): void {
  const parameter = config.provisioned === undefined ? onlyProvisioned(config) : undefined;
  if (parameter !== undefined) {
    throw new LocalError(
      `mapping of ${config.consumer}: Unsupported '${parameter}' parameter for given event source mapping type. ` +
        'it belongs to provisioned mode; declare ProvisionedPollerConfig',
    );
  }
  const { destination } = config;
  if (destination?.kind === 'kafka' && destination.topic === config.topic) {
    throw new LocalError(
      `mapping of ${config.consumer}: the on-failure destination "kafka://${destination.topic}" is the topic that the mapping reads; use another topic`,
    );
  }
}

/** R5, documented. R5b: SQS, SNS and S3 destinations work in on-demand mode too. */
function onlyProvisioned(config: MappingConfig): string | undefined {
  if (config.maximumRetryAttempts !== -1) return 'maximumRetryAttempts';
  if (config.maximumRecordAge !== -1) return 'maximumRecordAgeInSeconds';
  if (config.bisectBatchOnFunctionError) return 'bisectBatchOnFunctionError';
  if (config.reportBatchItemFailures) return 'functionResponseTypes';
  return config.destination?.kind === 'kafka' ? 'destinationConfig' : undefined;
}
