import type { BackOffRule, Knobs } from '../mapping/knobs.ts';

/**
 * What `lanewise.config.ts` may say, as its default export.
 *
 * @example
 * ```ts
 * import type { LocalConfig } from 'lanewise/local';
 *
 * export default { knobs: { partialReading: 'from-lowest', backoff: { initialMs: 100 } } } satisfies LocalConfig;
 * ```
 */
export interface LocalConfig {
  /** Choices where AWS documents nothing, or two things. Each has a default; docs/local.md lists them. */
  readonly knobs?: KnobSettings;
}

export type KnobSettings = Partial<Omit<Knobs, 'backoff'>> & { readonly backoff?: Partial<BackOffRule> };
