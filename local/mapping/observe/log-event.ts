/** Writes an event of the system log as a notice, when the mapping's log level asks for it (R151–R155). */

import type { MappingState } from '../mapping-state.ts';
import { buildLogEvent, identityOf, isLogged, type MappingLogBody } from './mapping-log.ts';

/** `build` is only called when the event is logged. */
export function logEvent<T extends MappingLogBody['eventType']>(
  state: MappingState,
  eventType: T,
  build: () => Omit<MappingLogBody & { readonly eventType: T }, 'eventType'>,
): void {
  const { config } = state.settings;
  if (!isLogged(eventType, config.logLevel)) return;
  const eventSourceArn = config.source.kind === 'msk' ? config.source.arn : undefined;
  const identity = { uuid: config.uuid, eventSourceArn, ...identityOf(config.functionArn) };
  // The type of `build` says that both parts belong to one member of the union.
  const body = { eventType, ...build() } as unknown as MappingLogBody;
  state.notices.push({ kind: 'log', event: buildLogEvent(identity, body, state.wall) });
}
