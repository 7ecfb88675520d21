import { type Random, randomInteger, seededRandom } from '../random.ts';

/** An execution environment that dies while it works on a batch. */
export interface PlannedDeath {
  readonly functionName: string;
  /** Which invocation of the function, from 1. */
  readonly invocation: number;
  /** Milliseconds after the invocation began. */
  readonly afterMs: number;
}

/** A time in which an AWS endpoint answers every request with a throttle. */
export interface PlannedThrottle {
  /** Which request to the endpoint begins it, from 1. */
  readonly fromRequest: number;
  readonly forMs: number;
}

export interface FaultPlan {
  readonly deaths: readonly PlannedDeath[];
  readonly throttles: readonly PlannedThrottle[];
}

export const noFaults: FaultPlan = { deaths: [], throttles: [] };

/**
 * A few transient failures for a sample run, all outside the handlers: one environment of each function dies in an
 * early invocation, and the DynamoDB endpoint throttles twice, for less time than a mapping's retries take.
 */
export function planFaults(seed: number, functionNames: readonly string[]): FaultPlan {
  const random = seededRandom(seed ^ 0x5eed);
  return {
    deaths: functionNames.map((functionName) => planDeath(functionName, random)),
    throttles: [planThrottle(random, 20), planThrottle(random, 200)],
  };
}

function planDeath(functionName: string, random: Random): PlannedDeath {
  return { functionName, invocation: randomInteger(random, 1, 3), afterMs: randomInteger(random, 2, 12) };
}

function planThrottle(random: Random, from: number): PlannedThrottle {
  return { fromRequest: randomInteger(random, from, from + 60), forMs: randomInteger(random, 300, 600) };
}

/** When, if at all, the environment that serves this invocation dies: milliseconds after its begin. */
export function deathOf(plan: FaultPlan, functionName: string, invocation: number): number | undefined {
  return plan.deaths.find((death) => death.functionName === functionName && death.invocation === invocation)
    ?.afterMs;
}

/**
 * Answers for each request to an endpoint, counted from 1, whether it is throttled.
 *
 * @param now tells the time in milliseconds.
 */
export function throttleGate(plan: FaultPlan, now: () => number): (request: number) => boolean {
  const begun = new Map<PlannedThrottle, number>();
  return (request) =>
    plan.throttles.some((throttle) => {
      if (request < throttle.fromRequest) return false;
      const start = begun.get(throttle) ?? now();
      begun.set(throttle, start);
      return now() - start < throttle.forMs;
    });
}
