/** Sum of values. */
export function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Mean of values; the caller has seen to it that there are some. */
export function meanOf(values: Float64Array): number {
  return sumOf(values) / values.length;
}

/** Of ascending values; the mean of the middle two where their number is even. */
export function medianOf(ascending: Float64Array): number {
  const middle = Math.floor(ascending.length / 2);
  const upper = ascending[middle] ?? 0;
  return ascending.length % 2 === 1 ? upper : ((ascending[middle - 1] ?? 0) + upper) / 2;
}

/** The smallest of ascending values that at least `share` of them do not exceed. */
export function nearestRank(ascending: Float64Array, share: number): number {
  return ascending[Math.max(0, Math.ceil(ascending.length * share) - 1)] ?? 0;
}
