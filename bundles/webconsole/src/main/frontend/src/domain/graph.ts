import type { Delta, MapEdge, MapNode, Snapshot } from './types';

/** What an event changed, by id. Only what was not there before counts as new. */
export interface Change {
  readonly newNodes: readonly string[];
  readonly newEdges: readonly string[];
  readonly removedNodes: readonly string[];
  readonly removedEdges: readonly string[];
}

/**
 * The flow graph as the controller last told it. A snapshot replaces the content, a delta amends it; both say what is new
 * and what is gone, so that a picture of it can stay where it is.
 */
export class Graph {
  readonly nodes = new Map<string, MapNode>();
  readonly edges = new Map<string, MapEdge>();
  revision = -1;
  truncated = false;

  applySnapshot(snapshot: Snapshot): Change {
    const keepNodes = new Set(snapshot.nodes.map((node) => node.id));
    const keepEdges = new Set(snapshot.edges.map((edge) => edge.id));
    const removedEdges = [...this.edges.keys()].filter((id) => !keepEdges.has(id));
    const removedNodes = [...this.nodes.keys()].filter((id) => !keepNodes.has(id));
    this.revision = snapshot.revision;
    this.truncated = snapshot.truncated ?? false;
    return this.amend(snapshot.nodes, snapshot.edges, removedNodes, removedEdges);
  }

  /** A delta older than what is known changes nothing. */
  applyDelta(delta: Delta): Change {
    if (delta.revision < this.revision) {
      return { newNodes: [], newEdges: [], removedNodes: [], removedEdges: [] };
    }
    this.revision = delta.revision;
    return this.amend(
      delta.nodes ?? [],
      delta.edges ?? [],
      delta.removed_nodes ?? [],
      delta.removed_edges ?? [],
    );
  }

  /** The same content, which later events of this graph do not reach. */
  copy(): Graph {
    const copy = new Graph();
    for (const [id, node] of this.nodes) copy.nodes.set(id, node);
    for (const [id, edge] of this.edges) copy.edges.set(id, edge);
    copy.revision = this.revision;
    copy.truncated = this.truncated;
    return copy;
  }

  private amend(
    nodes: readonly MapNode[],
    edges: readonly MapEdge[],
    removeNodes: readonly string[],
    removeEdges: readonly string[],
  ): Change {
    const removedEdges = removeEdges.filter((id) => this.edges.delete(id));
    const removedNodes = removeNodes.filter((id) => this.nodes.delete(id));
    const newNodes = nodes.filter((node) => !this.nodes.has(node.id)).map((node) => node.id);
    const newEdges = edges.filter((edge) => !this.edges.has(edge.id)).map((edge) => edge.id);
    for (const node of nodes) this.nodes.set(node.id, node);
    for (const edge of edges) this.edges.set(edge.id, edge);
    if (removedNodes.length > 0) removedEdges.push(...this.dropDangling());
    return { newNodes, newEdges, removedNodes, removedEdges };
  }

  /** An edge without both its ends cannot be shown; the controller sends it again when the node comes back. */
  private dropDangling(): string[] {
    const dangling: string[] = [];
    for (const edge of this.edges.values()) {
      if (!this.nodes.has(edge.from) || !this.nodes.has(edge.to)) dangling.push(edge.id);
    }
    for (const id of dangling) this.edges.delete(id);
    return dangling;
  }
}
