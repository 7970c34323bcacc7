/** Characters that fit on a node seen from farther away. */
const MOST = 14;
const SEPARATORS = /[-_.\s]/;

interface Named {
  readonly id: string;
  readonly name: string;
  readonly network: string;
}

/**
 * What is written on nodes seen from farther away, by id: the name, where it fits; else without what all brokers of the network begin with, since the
 * network's own name stands above them ("…spoke-1", or "…mesh-stg-a" where more fits). What is still too long loses its middle.
 */
export function mapNames(brokers: readonly Named[]): ReadonlyMap<string, string> {
  const shared = new Map<string, string>();
  for (const { network, name } of brokers) {
    const known = shared.get(network);
    shared.set(network, known === undefined ? name : commonStart(known, name));
  }
  return new Map(
    brokers.map(({ id, name, network }) => {
      if ([...name].length <= MOST) return [id, name];
      const start = shared.get(network) ?? "";
      return [id, clipMiddle(start === "" || start === name ? name : ending(name, start.length), MOST)];
    }),
  );
}

/** Names of one network often begin alike: what tells them apart is at the end. Characters are those people see, so an emoji is never cut in half. */
export function clipMiddle(label: string, most: number): string {
  const characters = [...label];
  if (characters.length <= most) return label;
  const end = Math.floor((most - 1) / 2);
  return `${characters.slice(0, most - 1 - end).join("")}…${characters.slice(-end).join("")}`;
}

/** The end of a name from one of its words on: what comes after `known` characters, and of the words before as many as fit. */
function ending(name: string, known: number): string {
  let from = known;
  for (let at = known; at > 0 && name.length - at < MOST; at -= 1) if (SEPARATORS.test(name[at - 1] ?? "")) from = at;
  return `…${name.slice(from)}`;
}

/** What two names begin with alike, up to its last separator. */
function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a[length] === b[length]) length += 1;
  while (length > 0 && !SEPARATORS.test(a[length - 1] ?? "")) length -= 1;
  return a.slice(0, length);
}
