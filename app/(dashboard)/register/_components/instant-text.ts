const SHAPE = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})$/;

/** An instant as people type it here: "2026-11-20 14:30", UTC. */
export function textOfInstant(instant: string | null): string {
  return instant === null ? "" : `${instant.slice(0, 10)} ${instant.slice(11, 16)}`;
}

/** The instant that somebody typed: null where nothing was, undefined where it is none. */
export function instantOfText(text: string): string | null | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  const match = SHAPE.exec(trimmed);
  if (!match) return undefined;
  const ms = Date.parse(`${match[1]}T${match[2]}:00Z`);
  // A day that does not exist (31 February) is moved by some parsers, refused by others.
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== match[1]
    ? undefined
    : new Date(ms).toISOString();
}

/** How long something lasted, to the minute: "45 min", "1 h 30 min". */
export function durationText(from: string, until: string): string {
  const minutes = Math.max(0, Math.round((Date.parse(until) - Date.parse(from)) / 60_000));
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
