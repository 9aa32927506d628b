import type { Graph } from './graph';
import type { Action, MapEdge, MapNode, NodeKind } from './types';

/** A thing on the map: a node of the controller's, or a namespace folded into one. */
export interface ViewNode {
  readonly id: string;
  readonly kind: NodeKind | 'domain';
  readonly name: string;
  readonly domain: string;
  /** Where it is drawn together with others; the outside world has a place of its own. */
  readonly cluster: string;
  readonly members: number;
  readonly source: MapNode | undefined;
}

/** One line of the map: one edge of the controller's, or several where namespaces are folded. */
export interface ViewEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly action: Action;
  readonly applications: readonly string[];
  readonly ports: readonly string[];
  readonly bytes: number;
  readonly sessions: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly parts: readonly MapEdge[];
}

export interface View {
  readonly nodes: readonly ViewNode[];
  readonly edges: readonly ViewEdge[];
}

/** How namespaces are folded: all or none, with exceptions; auto folds when there is too much to read. */
export interface Folding {
  readonly base: 'auto' | 'all' | 'none';
  readonly except: ReadonlySet<string>;
}

export interface ViewOptions {
  /** Empty means every namespace. */
  readonly namespaces: ReadonlySet<string>;
  readonly hidden: ReadonlySet<string>;
  readonly folding: Folding;
}

/** The cluster of what is outside: the world and the hosts. */
export const OUTSIDE = '\u0000outside';

/** More nodes than this cannot be read at once. */
const AUTO_FOLD_ABOVE = 250;

const KINDS: readonly NodeKind[] = ['group', 'workload', 'host', 'external'];

const GRAVITY: Record<Action, number> = { allow: 0, violate: 1, deny: 2 };

export function worse(a: Action, b: Action): Action {
  return GRAVITY[b] > GRAVITY[a] ? b : a;
}

export function domainId(domain: string): string {
  return `domain:${domain}`;
}

/** Every namespace of the graph, sorted. */
export function namespacesOf(graph: Graph): string[] {
  const names = new Set<string>();
  for (const node of graph.nodes.values()) {
    if (node.domain) names.add(node.domain);
  }
  return [...names].sort((a, b) => a.localeCompare(b));
}

export function isFolded(domain: string, folding: Folding, nodeCount: number): boolean {
  if (!domain) return false;
  const base = folding.base === 'all' || (folding.base === 'auto' && nodeCount > AUTO_FOLD_ABOVE);
  return base !== folding.except.has(domain);
}

/**
 * What the user sees of the graph. With a namespace filter, what talks directly to a chosen namespace stays in the picture:
 * a namespace without its callers would hide the half of what matters.
 */
export function viewOf(graph: Graph, options: ViewOptions): View {
  const shown = shownNodes(graph, options);
  const nodes = new Map<string, ViewNode>();
  const placeOf = new Map<string, string>();
  const foldedMembers = new Map<string, number>();
  for (const node of shown) {
    const domain = node.domain ?? '';
    if (isFolded(domain, options.folding, graph.nodes.size)) {
      foldedMembers.set(domain, (foldedMembers.get(domain) ?? 0) + 1);
      placeOf.set(node.id, domainId(domain));
    } else {
      placeOf.set(node.id, node.id);
      nodes.set(node.id, plainNode(node, domain));
    }
  }
  for (const [domain, members] of foldedMembers) {
    const id = domainId(domain);
    if (!options.hidden.has(id)) nodes.set(id, foldedNode(id, domain, members));
  }
  return { nodes: [...nodes.values()], edges: mergeEdges(graph, options, placeOf, nodes) };
}

function shownNodes(graph: Graph, options: ViewOptions): MapNode[] {
  const { namespaces, hidden } = options;
  const chosen = (node: MapNode): boolean =>
    namespaces.size === 0 || namespaces.has(node.domain ?? '');
  const ids = new Set<string>();
  for (const node of graph.nodes.values()) {
    if (chosen(node)) ids.add(node.id);
  }
  if (namespaces.size > 0) {
    for (const { from, to } of graph.edges.values()) {
      const a = graph.nodes.get(from);
      const b = graph.nodes.get(to);
      if (a && b && chosen(a) !== chosen(b)) ids.add(from).add(to);
    }
  }
  return [...graph.nodes.values()].filter(
    (node) =>
      ids.has(node.id) && !hidden.has(node.id) && !(node.group && hidden.has(node.group)),
  );
}

/** A kind that a newer controller may send is drawn as something outside, not refused. */
function kindOf({ kind }: MapNode): NodeKind {
  return KINDS.includes(kind) ? kind : 'external';
}

function plainNode(node: MapNode, domain: string): ViewNode {
  const kind = kindOf(node);
  return {
    id: node.id,
    kind,
    // A group is called by its full name: a service of that name may be in other namespaces too.
    name: kind === 'group' ? node.id : node.name,
    domain,
    cluster: kind === 'external' || kind === 'host' ? OUTSIDE : domain,
    members: node.members ?? 1,
    source: node,
  };
}

function foldedNode(id: string, domain: string, members: number): ViewNode {
  return { id, kind: 'domain', name: domain, domain, cluster: domain, members, source: undefined };
}

function mergeEdges(
  graph: Graph,
  options: ViewOptions,
  placeOf: ReadonlyMap<string, string>,
  nodes: ReadonlyMap<string, ViewNode>,
): ViewEdge[] {
  const merged = new Map<string, MapEdge[]>();
  for (const edge of graph.edges.values()) {
    const from = placeOf.get(edge.from);
    const to = placeOf.get(edge.to);
    if (!from || !to || !nodes.has(from) || !nodes.has(to)) continue;
    if (from === to && edge.from !== edge.to) continue;
    if (!touches(graph, edge, options.namespaces)) continue;
    const id = `${from}→${to}`;
    const parts = merged.get(id);
    if (parts) parts.push(edge);
    else merged.set(id, [edge]);
  }
  return [...merged].map(([id, parts]) => mergeParts(id, parts, placeOf));
}

/** With a namespace filter, a flow between two neighbours that are shown only as context is left out. */
function touches(graph: Graph, edge: MapEdge, namespaces: ReadonlySet<string>): boolean {
  if (namespaces.size === 0) return true;
  const domainOf = (id: string): string => graph.nodes.get(id)?.domain ?? '';
  return namespaces.has(domainOf(edge.from)) || namespaces.has(domainOf(edge.to));
}

function mergeParts(
  id: string,
  parts: readonly MapEdge[],
  placeOf: ReadonlyMap<string, string>,
): ViewEdge {
  const first = parts[0] as MapEdge;
  const merged = {
    id,
    from: placeOf.get(first.from) as string,
    to: placeOf.get(first.to) as string,
    action: first.action,
    applications: first.applications,
    ports: first.ports,
    bytes: first.bytes,
    sessions: first.sessions,
    firstSeen: first.first_seen_at,
    lastSeen: first.last_seen_at,
    parts,
  };
  // Nearly every line stands for one edge.
  if (parts.length === 1) return merged;
  merged.applications = distinct(parts.flatMap((part) => part.applications));
  merged.ports = distinct(parts.flatMap((part) => part.ports));
  for (const part of parts.slice(1)) {
    merged.action = worse(merged.action, part.action);
    merged.bytes += part.bytes;
    merged.sessions += part.sessions;
    merged.firstSeen = Math.min(merged.firstSeen, part.first_seen_at);
    merged.lastSeen = Math.max(merged.lastSeen, part.last_seen_at);
  }
  return merged;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
