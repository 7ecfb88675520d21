import { ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';

/** An alarm, before it is a construct. */
export interface AlarmDefinition {
  /** Construct id; its kebab-case is the name of the runbook in docs/runbooks/. */
  readonly id: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** Minutes that the threshold has to be reached. */
  readonly minutes: number;
  /** Minutes that are looked at. @default - `minutes`, so all of them in a row */
  readonly outOf?: number;
  /** What is the matter, in a sentence of the alarm's text. */
  readonly meaning: string;
}

/** The rest is the same for all: reached is as bad as passed, and what nobody reports has not happened. */
export const alarmBasics = {
  comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  treatMissingData: TreatMissingData.NOT_BREACHING,
} as const;

/** The text of an alarm: what is the matter, with which group and topic, and where it says what to do. */
export function alarmText(meaning: string, subject: string, runbook: string): string {
  return `${meaning} (${subject}). What to do: ${runbook}`;
}

/** `LaneStandsStill` is explained in `lane-stands-still.md`. */
export function runbookOf(base: string, id: string): string {
  const name = id.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  return `${base.replace(/\/+$/, '')}/${name}.md`;
}
