/** What AWS refuses at deploy, or accepts and then behaves badly on, and CDK lets pass: refused here, at synth. */
export interface Rule {
  /** `error`: cannot work. `warning`: works and bites later; `Annotations.of(x).acknowledgeWarning(code)` accepts it. */
  readonly severity: 'error' | 'warning';
  /** What is allowed. */
  readonly text: string;
  /** What to do. */
  readonly fix: string;
}

export const error = (text: string, fix: string): Rule => ({ severity: 'error', text, fix });
export const warning = (text: string, fix: string): Rule => ({ severity: 'warning', text, fix });
