/** What can be hashed and stored as evidence: plain JSON. `undefined` members are left out, as JSON does. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

/** JSON text with the keys of every object in code-point order, so that equal values give equal text. */
export function stableStringify(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value)) return `[${value.map(stableStringify).join(",")}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, member]) => `${JSON.stringify(key)}:${stableStringify(member)}`);
  return `{${members.join(",")}}`;
}

/**
 * A 128-bit fingerprint of a value as 32 hexadecimal digits: MurmurHash3 (x86, 128 bit), pure, the same in every process. It tells whether two
 * observations of one broker differ; it is no defence against somebody who builds collisions, and nothing here needs one.
 */
export function stableHash(value: unknown): string {
  return murmur128(stableStringify(value));
}

const C = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93] as const;
const ROTATE_K = [15, 16, 17, 18] as const;
const ROTATE_H = [19, 17, 15, 13] as const;
const ADD_H = [0x561ccd1b, 0x0bcaa747, 0x96cd1c35, 0x32ac3b17] as const;

/** Hashes UTF-16 code units, eight to a block of four 32-bit words; the last block is filled with zeros and the length mixed in. */
function murmur128(text: string): string {
  const h: [number, number, number, number] = [0, 0, 0, 0];
  for (let start = 0; start < text.length; start += 8) {
    for (let lane = 0; lane < 4; lane += 1) {
      const at = start + lane * 2;
      const word =
        (at < text.length ? text.charCodeAt(at) : 0) | ((at + 1 < text.length ? text.charCodeAt(at + 1) : 0) << 16);
      mix(h, lane, word);
    }
  }
  for (let lane = 0; lane < 4; lane += 1) h[lane] = (h[lane] ?? 0) ^ text.length;
  spread(h);
  for (let lane = 0; lane < 4; lane += 1) h[lane] = finalize(h[lane] ?? 0);
  spread(h);
  return h.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

function mix(h: number[], lane: number, word: number): void {
  let k = Math.imul(word, C[lane] ?? 0);
  k = Math.imul(rotate(k, ROTATE_K[lane] ?? 0), C[(lane + 1) % 4] ?? 0);
  const mixed = rotate((h[lane] ?? 0) ^ k, ROTATE_H[lane] ?? 0) + (h[(lane + 1) % 4] ?? 0);
  h[lane] = (Math.imul(mixed, 5) + (ADD_H[lane] ?? 0)) | 0;
}

function spread(h: number[]): void {
  const sum = (h[0] ?? 0) + (h[1] ?? 0) + (h[2] ?? 0) + (h[3] ?? 0);
  h[0] = sum | 0;
  for (let lane = 1; lane < 4; lane += 1) h[lane] = ((h[lane] ?? 0) + sum) | 0;
}

function finalize(word: number): number {
  let h = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
