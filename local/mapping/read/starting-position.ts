/** Where reading starts in a partition (R50–R57). */
import type { Knobs } from '../knobs.ts';
import type { MappingConfig } from '../mapping-config.ts';
import type { PositionQuery } from '../mapping-output.ts';

/** R50, documented: earliest retained, end, or the first record at or after a time; each partition for itself. */
export function startingQuery(startingPosition: MappingConfig['startingPosition']): PositionQuery {
  switch (startingPosition.kind) {
    case 'TRIM_HORIZON':
      return 'earliest';
    case 'LATEST':
      return 'latest';
    case 'AT_TIMESTAMP':
      return { timestamp: startingPosition.timestamp };
  }
}

/** R56: which reset is used when the offset is out of range is unknown; a knob. */
export function resetQuery(
  reset: Knobs['outOfRangeReset'],
  startingPosition: MappingConfig['startingPosition'],
): PositionQuery {
  return reset === 'starting-position' ? startingQuery(startingPosition) : reset;
}
