/** A flag in words; a dash for one that AWS did not tell. */
export function YesNo({ value }: { value: boolean | null }) {
  return <span>{value === null ? "–" : value ? "Yes" : "No"}</span>;
}
