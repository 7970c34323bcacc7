/** Deterministic randomness: everything in an organisation follows from its seed and the name of the thing. */

const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** 32-bit hash of a text (FNV-1a with a final avalanche). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return mix(hash);
}

/** Avalanche of a 32-bit number: neighbouring inputs give unrelated outputs. */
export function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A number in [0, 1) that depends only on the arguments. */
export function unit(seed: number, index: number): number {
  return mix(Math.imul(seed ^ mix(index), 0x9e3779b1)) / 4_294_967_296;
}

/** A stream of numbers in [0, 1), the same for the same label. */
export function randomStream(label: string): () => number {
  const seed = hashText(label);
  let index = 0;
  return () => {
    index += 1;
    return unit(seed, index);
  };
}

/** One element, chosen by the stream. */
export function pick<const L extends readonly [unknown, ...unknown[]]>(random: () => number, from: L): L[number] {
  return from[Math.floor(random() * from.length)] ?? from[0];
}

function hex(label: string, length: number): string {
  let text = "";
  for (let part = 0; text.length < length; part += 1)
    text += hashText(`${label}#${part}`).toString(16).padStart(8, "0");
  return text.slice(0, length);
}

/** A UUID of version 4 shape that depends only on the label. */
export function uuidOf(label: string): string {
  const digits = hex(label, 32);
  const variant = "89ab"[Number.parseInt(digits.slice(16, 17), 16) % 4];
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
}

/** An AWS resource id such as `subnet-0a1b2c3d4e5f60718`. */
export function resourceId(prefix: string, label: string): string {
  return `${prefix}-0${hex(`${prefix}/${label}`, 16)}`;
}

/** Midnight UTC of a calendar day (YYYY-MM-DD). */
export function dayStart(day: string): number {
  const instant = Date.parse(`${day}T00:00:00.000Z`);
  if (Number.isNaN(instant)) throw new Error(`not a calendar day: ${day}`);
  return instant;
}

/** The calendar day (UTC) of an instant, YYYY-MM-DD. */
export function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
