import { DecodeError } from '../errors/decode-error.ts';
import type { SchemaIssue } from './standard-schema.ts';

/**
 * Tells which fields do not match, without any of their content. Issue messages are left out: some libraries quote the
 * value in them ('must be a number (was "…")'). What is shown is the path, made of names and indexes, and the issue's code
 * where the library gives one (`invalid_type` in zod).
 */
export function schemaViolation(issues: readonly SchemaIssue[]): DecodeError {
  const shown = issues.slice(0, 5).map(describeIssue).join(', ');
  const rest = issues.length > 5 ? ` and ${issues.length - 5} more` : '';
  return new DecodeError('SCHEMA_VIOLATION', `does not match its schema in ${shown}${rest}`);
}

function describeIssue(issue: SchemaIssue): string {
  const path = (issue.path ?? []).map(describeSegment).join('.');
  const code = 'code' in issue && /^[a-z_]{1,40}$/.test(String(issue.code)) ? ` (${issue.code})` : '';
  return `${path || 'the whole'}${code}`;
}

/** A map's keys are data and may be a person's mail address: what does not look like the name of a field is not shown. */
function describeSegment(segment: PropertyKey | { readonly key: PropertyKey }): string {
  const key = String(typeof segment === 'object' ? segment.key : segment);
  return /^\w{1,40}$/.test(key) ? key : '*';
}
