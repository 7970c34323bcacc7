/** Undirected graph: every node, with its neighbours both ways. Self-loops and repeated edges carry no meaning here. */
export type Adjacency = ReadonlyMap<string, ReadonlySet<string>>;

/** The undirected graph of the given nodes and pairs; pairs that name another node, or one node twice, are left out. */
export function adjacencyOf(nodes: Iterable<string>, pairs: Iterable<readonly [string, string]>): Adjacency {
  const graph = new Map<string, Set<string>>([...nodes].map((node) => [node, new Set<string>()]));
  for (const [a, b] of pairs) {
    const [ofA, ofB] = [graph.get(a), graph.get(b)];
    if (!ofA || !ofB || a === b) continue;
    ofA.add(b);
    ofB.add(a);
  }
  return graph;
}

/** Connected components, each sorted, largest first, then by first node; single nodes included. */
export function connectedComponents(graph: Adjacency): string[][] {
  const seen = new Set<string>();
  const components: string[][] = [];
  for (const start of graph.keys()) {
    if (seen.has(start)) continue;
    seen.add(start);
    const component = [start];
    for (const node of component) {
      for (const neighbour of graph.get(node) ?? []) {
        if (seen.has(neighbour)) continue;
        seen.add(neighbour);
        component.push(neighbour);
      }
    }
    components.push(component.sort());
  }
  return components.sort((a, b) => b.length - a.length || ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1));
}

/**
 * Articulation points: nodes whose loss splits their component, sorted. Tarjan's low-link algorithm with an explicit stack, since a chain of ten
 * thousand brokers would overflow the call stack.
 */
export function articulationPoints(graph: Adjacency): string[] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const points = new Set<string>();
  for (const root of graph.keys()) {
    if (order.has(root)) continue;
    let rootChildren = 0;
    const stack = [visit(root, undefined)];
    while (stack.length > 0) {
      const frame = stack[stack.length - 1];
      if (!frame) break;
      const next = frame.rest.next();
      if (next.done) {
        stack.pop();
        const { node, parent } = frame;
        if (parent === undefined) continue;
        low.set(parent, Math.min(low.get(parent) ?? 0, low.get(node) ?? 0));
        if (parent !== root && (low.get(node) ?? 0) >= (order.get(parent) ?? 0)) points.add(parent);
      } else if (!order.has(next.value)) {
        if (frame.node === root) rootChildren += 1;
        stack.push(visit(next.value, frame.node));
      } else if (next.value !== frame.parent) {
        low.set(frame.node, Math.min(low.get(frame.node) ?? 0, order.get(next.value) ?? 0));
      }
    }
    if (rootChildren > 1) points.add(root);
  }
  return [...points].sort();

  function visit(node: string, parent: string | undefined) {
    order.set(node, order.size);
    low.set(node, order.size - 1);
    return { node, parent, rest: (graph.get(node) ?? new Set<string>()).values() };
  }
}
