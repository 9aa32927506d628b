import { Graph } from '../../src/domain/graph';
import type { MapEdge, MapNode } from '../../src/domain/types';

export function group(id: string, domain?: string, more: Partial<MapNode> = {}): MapNode {
  return { id, kind: 'group', name: id, members: 1, ...(domain ? { domain } : {}), ...more };
}

export function edge(from: string, to: string, more: Partial<MapEdge> = {}): MapEdge {
  return {
    id: `${from}→${to}`,
    from,
    to,
    applications: ['HTTP'],
    ports: ['tcp/80'],
    bytes: 100,
    sessions: 1,
    action: 'allow',
    first_seen_at: 10,
    last_seen_at: 20,
    ...more,
  };
}

export function graphOf(nodes: readonly MapNode[], edges: readonly MapEdge[]): Graph {
  const graph = new Graph();
  graph.applySnapshot({ revision: 1, nodes, edges });
  return graph;
}
