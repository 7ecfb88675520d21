import { API, assumed, documented, type Rule, UNKNOWN } from './rule.ts';

const LOG = {
  where: ['local/mapping/observe/mapping-log.ts'],
  tests: ['test/local/mapping/observe/metrics.test.ts'],
} as const;
const LIFE = {
  where: ['local/mapping/lifecycle/lifecycle.ts'],
  tests: ['test/local/mapping/lifecycle/lifecycle.test.ts'],
} as const;

export const OPERATION: readonly Rule[] = [
  documented('R151', 'esm-logging', 'with LoggingConfig the mapping writes a system log of JSON lines', LOG),
  documented('R152', 'esm-logging', 'each line has its type, time, ARNs, processor and level', LOG),
  documented('R153', 'esm-logging', 'WARN tells of errors as ESM_PROCESSING_EVENT', {
    where: ['local/mapping/read/fetch-trouble.ts', 'local/mapping/observe/mapping-log.ts'],
    tests: ['test/local/mapping/observe/metrics.test.ts'],
  }),
  documented(
    'R154',
    'esm-logging',
    'INFO tells of the connection and the assigned partitions as POLLER_STATUS_EVENT; its security and network are left out here',
    LOG,
  ),
  documented(
    'R155',
    'esm-logging',
    'DEBUG tells the offsets of each partition every minute as KAFKA_STATUS_EVENT',
    LOG,
  ),
  documented(
    'R156',
    API,
    'a mapping is Creating, Enabling, Enabled, Disabling, Disabled, Updating or Deleting',
    LIFE,
  ),
  assumed('R157', 'follows from the names', 'which state follows which', LIFE),
  documented(
    'R158',
    'with-kafka-troubleshoot',
    'StateTransitionReason names the user or what Lambda stopped for',
    {
      outOfScope: 'nothing here stops a mapping by itself, so that there is one reason only: the user',
    },
  ),
  documented(
    'R159',
    'with-kafka-troubleshoot',
    'LastProcessingResult is No records processed, OK, or PROBLEM and what it is',
    {
      where: ['local/mapping/observe/problem-text.ts'],
      tests: ['test/local/mapping/observe/problem-text.test.ts'],
    },
  ),
  documented('R160', 'with-kafka-troubleshoot', 'the texts for failed authentication', {
    where: ['local/mapping/observe/problem-text.ts'],
    tests: ['test/local/mapping/observe/problem-text.test.ts'],
  }),
  documented('R161', API, 'a change while another one is under way is ResourceInUse', LIFE),
  assumed('R162', UNKNOWN, 'a topic that is not there does not stop the creation: it shows in the result', {
    where: ['local/mapping/driver/join-group.ts'],
    tests: ['test/local/mapping/run-mapping.test.ts'],
  }),
  documented(
    'R163',
    'invocation-recursion',
    'only the destination topic is checked; a function that writes to its own topic is not stopped',
    {
      where: ['local/mapping/refuse-config.ts'],
      tests: ['test/local/mapping/refuse-config.test.ts'],
    },
  ),
  assumed('R164', UNKNOWN, 'a mapping whose function is gone stays and repeats its batches', {
    where: ['local/mapping/work/end-invocation.ts'],
  }),
];
