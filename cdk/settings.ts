/** What differs from one deployment to the next. */
export interface Settings {
  /** Name of the MSK cluster. */
  readonly clusterName: string;
  /** Sender of the shop's mails: an address whose owner confirms it once to SES. */
  readonly mailFrom: string;
  /** Namespace of the functions' own metrics. */
  readonly metricsNamespace: string;
  /** Whether data outlives its stack, and stacks refuse to be deleted. */
  readonly protectData: boolean;
}

export const settings: Settings = {
  clusterName: 'lanewise',
  mailFrom: 'orders@example.com',
  metricsNamespace: 'lanewise',
  protectData: true,
};
