/**
 * Reads the nested parameters of the AWS query protocol (`Metric.Dimensions.member.1.Name=Broker`, Amazon EC2: `Filter.1.Value.1=x`) into a tree
 * of objects and lists; every leaf is text.
 */
export type FormValue = string | FormValue[] | { [key: string]: FormValue };

type Node = { [key: string]: Node | string };

function settle(node: Node | string): FormValue {
  if (typeof node === "string") return node;
  const { member } = node;
  const list = typeof member === "object" ? member : node;
  const entries = Object.entries(list);
  if (entries.every(([key]) => /^\d+$/.test(key))) {
    return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, entry]) => settle(entry));
  }
  return Object.fromEntries(Object.entries(node).map(([key, entry]) => [key, settle(entry)]));
}

/** @throws never; a parameter that contradicts another one is dropped. */
export function readForm(body: string): { [key: string]: FormValue } {
  const root: Node = {};
  for (const [name, value] of new URLSearchParams(body)) {
    const parts = name.split(".");
    const leaf = parts.pop() ?? name;
    let node: Node | undefined = root;
    for (const part of parts) {
      const next: Node | string | undefined = node?.[part];
      if (next === undefined && node) {
        const fresh: Node = {};
        node[part] = fresh;
        node = fresh;
      } else node = typeof next === "object" ? next : undefined;
    }
    if (node) node[leaf] = value;
  }
  return Object.fromEntries(Object.entries(root).map(([key, entry]) => [key, settle(entry)]));
}
