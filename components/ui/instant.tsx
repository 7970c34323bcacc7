import { formatAge, formatInstant } from "./times";

/** An instant in UTC; with `asOf` as an age, the instant in its title. A dash for none. */
export function Instant({ at, asOf }: { at: string | null; asOf?: string }) {
  if (!at) return <span>–</span>;
  const full = formatInstant(at);
  return (
    <time dateTime={at} title={asOf ? full : undefined} style={{ whiteSpace: "nowrap" }}>
      {asOf ? formatAge(at, asOf) : full}
    </time>
  );
}
