import type { View, ViewEdge, ViewNode } from './view';

/** What a search leaves lit; everything else is dimmed. */
export interface Matches {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
  /** The things that matched themselves, for the count and for stepping through. */
  readonly count: number;
}

interface Term {
  readonly field: string;
  readonly text: string;
}

const NODE_FIELDS: Record<string, (node: ViewNode) => readonly string[]> = {
  name: (node) => [node.name, node.id],
  ns: (node) => [node.domain],
  image: (node) => [node.source?.image ?? ''],
  address: (node) => node.source?.addresses ?? [],
  mode: (node) => [node.source?.mode ?? ''],
};

const EDGE_FIELDS: Record<string, (edge: ViewEdge) => readonly string[]> = {
  app: (edge) => edge.applications,
  port: (edge) => edge.ports,
  action: (edge) => [edge.action],
};

/** The words a search can be narrowed with, such as app:redis. */
export const SEARCH_FIELDS: readonly string[] = [
  ...Object.keys(NODE_FIELDS),
  ...Object.keys(EDGE_FIELDS),
];

/**
 * Searches names, namespaces, images, addresses, applications and ports. Words must all match the same thing. A line that
 * matches lights both its ends; a node that matches lights its lines, not its neighbours.
 *
 * @returns undefined when the query is empty: nothing is dimmed then
 */
export function search(view: View, query: string): Matches | undefined {
  const terms = parse(query);
  if (terms.length === 0) return undefined;
  const nodes = new Set<string>();
  const edges = new Set<string>();
  for (const node of view.nodes) {
    if (terms.every((term) => matches(term, NODE_FIELDS, node))) nodes.add(node.id);
  }
  for (const edge of view.edges) {
    if (terms.every((term) => matches(term, EDGE_FIELDS, edge))) edges.add(edge.id);
  }
  const count = nodes.size + edges.size;
  const litNodes = new Set(nodes);
  for (const edge of view.edges) {
    if (edges.has(edge.id)) litNodes.add(edge.from).add(edge.to);
    else if (nodes.has(edge.from) || nodes.has(edge.to)) edges.add(edge.id);
  }
  return { nodes: litNodes, edges, count };
}

function parse(query: string): Term[] {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word.length > 0)
    .map((word) => {
      const colon = word.indexOf(':');
      const field = word.slice(0, Math.max(colon, 0));
      const known = SEARCH_FIELDS.includes(field);
      return known ? { field, text: word.slice(colon + 1) } : { field: '', text: word };
    });
}

function matches<T>(
  term: Term,
  fields: Record<string, (thing: T) => readonly string[]>,
  thing: T,
): boolean {
  const readers = term.field === '' ? Object.values(fields) : [fields[term.field]];
  return readers.some(
    (read) => read?.(thing).some((value) => value.toLowerCase().includes(term.text)) ?? false,
  );
}
