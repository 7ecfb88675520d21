/** The rules on filters. Lambda looks at patterns when the mapping is made, which is late. */
import type { IConstruct } from 'constructs';
import { enforceIf } from '../rules/enforce-rule.ts';
import type { KafkaConsumerProps } from './consumer-props.ts';

type Filter = Readonly<Record<string, unknown>>;

/** Characters of a pattern. */
const longestPattern = 4096;

export function checkFilters(scope: IConstruct, { filters = [], filterQuota = 5 }: KafkaConsumerProps): void {
  const most = Math.min(filterQuota, 10);
  enforceIf(filters.length > most, scope, 'filters-too-many', `${filters.length} filters`);
  for (const filter of filters) checkPattern(scope, patternOf(filter));
}

/** `FilterCriteria.filter()` wraps the pattern as JSON text; a plain object is a pattern itself. */
export function patternOf(filter: Filter): string {
  return typeof filter.pattern === 'string' ? filter.pattern : JSON.stringify(filter);
}

function checkPattern(scope: IConstruct, text: string): void {
  const { length } = text;
  enforceIf(length > longestPattern, scope, 'filter-pattern', `${length} characters`);
  const pattern = parsed(text);
  enforceIf(!isFields(pattern), scope, 'filter-pattern', `'${text.slice(0, 100)}'`);
  if (!isFields(pattern)) return;
  const foreign = Object.keys(pattern).filter((key) => key !== 'value');
  enforceIf(foreign.length > 0, scope, 'filter-key', foreign.join(', '));
  const wrong = wrongField(pattern, '');
  enforceIf(wrong !== undefined, scope, 'filter-pattern', `${wrong} without an array`);
}

/** The path of a field that has neither fields below it nor an array with something in it. */
function wrongField(fields: Filter, path: string): string | undefined {
  for (const [name, value] of Object.entries(fields)) {
    const at = path === '' ? name : `${path}.${name}`;
    const wrong = isFields(value) ? wrongField(value, at) : at;
    if (!(Array.isArray(value) && value.length > 0) && wrong !== undefined) return wrong;
  }
  return undefined;
}

function isFields(value: unknown): value is Filter {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
