import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * A recorded answer of AWS (`recordings/`, see ATTRIBUTION.md there) by the name of its file without `.json`: SDK member names, instants as ISO
 * text, without the response's metadata.
 */
export function loadRecording(name: string): Record<string, unknown> {
  const file = fileURLToPath(new URL(`./recordings/${name}.json`, import.meta.url));
  const data = plain(member(JSON.parse(readFileSync(file, "utf8")), "data"));
  if (typeof data !== "object" || data === null) throw new Error(`not a recording: ${name}`);
  const { ResponseMetadata: _metadata, ...answer } = Object.fromEntries(Object.entries(data));
  return answer;
}

/** The same answer as Amazon MQ writes it on the wire: member names begin with a lower-case letter, tag keys stay. */
export function wireNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(wireNames);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, content]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      name === "Tags" ? content : wireNames(content),
    ]),
  );
}

/** Recorded datetimes become ISO text. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if (member(value, "__class__") === "datetime") {
    const [year, month, day, hour, minute, second, microsecond] = [
      "year",
      "month",
      "day",
      "hour",
      "minute",
      "second",
      "microsecond",
    ].map((part) => Number(member(value, part)));
    return new Date(
      Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second, Math.floor((microsecond ?? 0) / 1000)),
    ).toISOString();
  }
  return Object.fromEntries(Object.entries(value).map(([name, content]) => [name, plain(content)]));
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
