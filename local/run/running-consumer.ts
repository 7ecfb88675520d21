import { createDestination } from '../destination/create-destination.ts';
import type { FunctionInvoker } from '../function/invoker.ts';
import { type RunningMapping, startMapping } from '../mapping/run-mapping.ts';
import { seededRandom } from '../random.ts';
import type { SetAsideRecord } from '../report/run-report.ts';
import { startAudit } from './audit.ts';
import type { LocalRunOptions } from './local-run.ts';
import { noticeLine, setAsideRecords } from './notice-text.ts';
import type { SelectedMapping } from './select-mappings.ts';

export interface RunningConsumer {
  readonly selected: SelectedMapping;
  readonly mapping: RunningMapping;
  readonly audit: ReturnType<typeof startAudit>;
}

export interface ConsumerParts {
  readonly options: LocalRunOptions;
  readonly invoker: FunctionInvoker;
  /** Where to note what the mapping gives up: delivered to its destination, or nowhere. */
  readonly setAside: { readonly discarded: SetAsideRecord[]; readonly dropped: SetAsideRecord[] };
  readonly seed: number;
}

/** Starts a mapping, watched at its ports. */
export function startConsumer(selected: SelectedMapping, parts: ConsumerParts): RunningConsumer {
  const { options, invoker, setAside, seed } = parts;
  const { config } = selected;
  const audit = startAudit({ config, knobs: options.knobs, filters: config.filters });
  const source = audit.source(options.source);
  const destination = createDestination(config, {
    source,
    environment: options.environment,
    knobs: options.knobs,
    random: seededRandom(seed),
  });
  const mapping = startMapping(config, {
    source,
    invoker: audit.invoker(invoker),
    destination: destination && audit.destination(destination),
    random: seededRandom(seed),
    knobs: options.knobs,
    observer: (notice) => {
      if (notice.kind === 'discarded' || notice.kind === 'dropped') {
        setAside[notice.kind].push(...setAsideRecords(config, notice));
      }
      const line = noticeLine(config, notice);
      if (line !== undefined) options.note(line);
    },
  });
  return { selected, mapping, audit };
}
