/** How many event pollers read a topic for a mapping. */

/**
 * Pollers that are kept ready: the mode that retries, partial responses and everything built on them need. A poller takes up to 5 MB/s
 * or 5 batches at once; about 0.185 USD an hour pay for a unit of up to 10 of them (20 MB/s).
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html
 */
export interface ProvisionedPollers {
  readonly mode: 'provisioned';
  /** 1 to 200. @default 1 */
  readonly minimum?: number;
  /** 1 to 2000, at most one for each partition. @default - the partitions of the topic */
  readonly maximum?: number;
  /** Mappings of one VPC that share pollers and their cost under this name. @default - none */
  readonly group?: string;
}

/** Pollers that Lambda adds and removes by the lag, looking about once a minute. */
export interface OnDemandPollers {
  readonly mode: 'on-demand';
}

export type Pollers = ProvisionedPollers | OnDemandPollers;

/** Makes the modes of polling. */
export const Pollers = {
  provisioned: (options: Omit<ProvisionedPollers, 'mode'> = {}): Pollers => ({
    mode: 'provisioned',
    ...options,
  }),
  onDemand: (): Pollers => ({ mode: 'on-demand' }),
} as const;
