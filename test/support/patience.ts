/**
 * How long the tests wait for what must come about. A timeout costs something only when something hangs, and a loaded machine may be fifty times as slow
 * as a quiet one: no test sets a shorter one of its own.
 */
export const patience = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  teardownTimeout: 60_000,
  expect: { poll: { timeout: 240_000 } },
};

export const patienceMs = patience.expect.poll.timeout;
