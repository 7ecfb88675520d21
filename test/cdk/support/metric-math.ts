/** Plays series of data points through the metric math of an alarm, minute by minute, as CloudWatch documents it. */

/** A data point for each minute; `undefined` where none was published. */
export type Series = readonly (number | undefined)[];

interface MathAlarm {
  readonly Metrics: readonly { readonly Id: string; readonly Expression?: string }[];
  readonly Threshold: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm: number;
}

/** Whether the alarm rings at the end of the series. Missing results do not breach. */
export function rings(alarm: MathAlarm, series: Readonly<Record<string, Series>>): boolean {
  const expression = alarm.Metrics.find(({ Expression }) => Expression)?.Expression ?? '';
  const length = Math.max(...Object.values(series).map((points) => points.length));
  const results = Array.from({ length }, (_, minute) => valueAt(expression, series, minute));
  const breaching = results
    .slice(-alarm.EvaluationPeriods)
    .filter((value) => value !== undefined && value >= alarm.Threshold);
  return breaching.length >= alarm.DatapointsToAlarm;
}

/** The value of `IF(condition, 1, 0)`. One operand that is missing makes it missing, unless FILL stands for it. */
function valueAt(
  expression: string,
  series: Readonly<Record<string, Series>>,
  minute: number,
): number | undefined {
  let missing = false;
  const at = (name: string, when = minute) => series[name]?.[when];
  const number = (value: number | undefined) => {
    if (value === undefined) missing = true;
    return String(value ?? 0);
  };
  const condition = expression
    .replace(/^IF\((.*), 1, 0\)$/, '$1')
    .replace(/FILL\((\w+), 0\)/g, (_, name: string) => String(at(name) ?? 0))
    .replace(/DIFF\((\w+)\)/g, (_, name: string) => {
      const [now, before] = [at(name), at(name, minute - 1)];
      return number(now === undefined || before === undefined ? undefined : now - before);
    })
    .replace(/\b[a-z]+\b/g, (name) => number(at(name)))
    .replace(/\bAND\b/g, '&&')
    .replace(/\bOR\b/g, '||');
  if (!/^[\d\s.()<>=&|-]+$/.test(condition)) throw new Error(`cannot read ${condition}`);
  return missing ? undefined : Number(Boolean(new Function(`return ${condition}`)()));
}
