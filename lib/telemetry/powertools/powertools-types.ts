/**
 * What is used of Powertools, by shape: any version that has it will do, and none is a dependency.
 *
 * @see https://docs.aws.amazon.com/powertools/typescript/latest/
 */
export interface PowertoolsLogger {
  appendKeys(keys: Record<string, string>): void;
  info(text: string, extra: Record<string, unknown>): void;
  warn(text: string, extra: Record<string, unknown>): void;
}

export interface PowertoolsMetrics {
  addDimensions(dimensions: Record<string, string>): unknown;
  addMetric(name: string, unit: 'Count' | 'Milliseconds', value: number): unknown;
  publishStoredMetrics(): unknown;
}

export interface PowertoolsTracer {
  isTracingEnabled(): boolean;
  readonly provider: {
    captureAsyncFunc(name: string, run: (subsegment?: PowertoolsSubsegment) => unknown): unknown;
  };
}

export interface PowertoolsSubsegment {
  addAnnotation(key: string, value: string | number | boolean): void;
  addFaultFlag(): void;
  close(): void;
}
