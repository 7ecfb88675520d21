import { LanewiseError } from '../../errors/lanewise-error.ts';

export type RegistryErrorCode = 'REGISTRY_UNAVAILABLE' | 'SCHEMA_NOT_FOUND' | 'SCHEMA_METADATA_MISSING';

/** The schema of a record could not be had now. Retryable: the record fails, is never parked, and comes again. */
export class RegistryError extends LanewiseError {
  override readonly code: RegistryErrorCode;
  readonly permanent = false;

  constructor(code: RegistryErrorCode, message: string, options?: ErrorOptions) {
    super(code, message, options);
    this.name = 'RegistryError';
    this.code = code;
  }
}
