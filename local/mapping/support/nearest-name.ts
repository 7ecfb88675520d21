/** The name that takes the fewest edits to reach: what someone probably meant. */
export function nearestName(given: string, names: readonly string[]): string {
  const ranked = names.map((name) => ({
    name,
    distance: editDistance(given.toLowerCase(), name.toLowerCase()),
  }));
  return ranked.toSorted((a, b) => a.distance - b.distance)[0]?.name ?? '';
}

/** Levenshtein's distance, one row at a time. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const substitution = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const edit = Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      current.push(Math.min(substitution, edit));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
