import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/domain/graph';
import { edge, group } from './things';

describe('Graph', () => {
  it('takes a snapshot and says that all is new', () => {
    const graph = new Graph();
    const change = graph.applySnapshot({ revision: 3, nodes: [group('a'), group('b')], edges: [edge('a', 'b')] });
    expect(change.newNodes).toEqual(['a', 'b']);
    expect(change.newEdges).toEqual(['a→b']);
    expect(graph.revision).toBe(3);
  });

  it('amends by deltas: upserts, removals, and only what is new counts as new', () => {
    const graph = new Graph();
    graph.applySnapshot({ revision: 1, nodes: [group('a'), group('b'), group('c')], edges: [edge('a', 'b'), edge('b', 'c')] });
    const change = graph.applyDelta({
      revision: 2,
      edges: [edge('a', 'b', { bytes: 99 }), edge('c', 'a')],
      removed_edges: ['b→c', 'never→was'],
    });
    expect(change).toEqual({ newNodes: [], newEdges: ['c→a'], removedNodes: [], removedEdges: ['b→c'] });
    expect(graph.edges.get('a→b')?.bytes).toBe(99);
  });

  it('drops the edges of a node that goes', () => {
    const graph = new Graph();
    graph.applySnapshot({ revision: 1, nodes: [group('a'), group('b')], edges: [edge('a', 'b')] });
    const change = graph.applyDelta({ revision: 2, removed_nodes: ['b'] });
    expect(change.removedEdges).toEqual(['a→b']);
    expect([...graph.nodes.keys()]).toEqual(['a']);
  });

  it('ignores a delta from before the snapshot', () => {
    const graph = new Graph();
    graph.applySnapshot({ revision: 5, nodes: [group('a')], edges: [] });
    graph.applyDelta({ revision: 4, removed_nodes: ['a'] });
    expect(graph.nodes.size).toBe(1);
  });

  it('compares a second snapshot with what it knows, as after a reconnect', () => {
    const graph = new Graph();
    graph.applySnapshot({ revision: 1, nodes: [group('a'), group('b')], edges: [edge('a', 'b')] });
    const change = graph.applySnapshot({ revision: 9, nodes: [group('a'), group('c')], edges: [edge('a', 'c')] });
    expect(change).toEqual({ newNodes: ['c'], newEdges: ['a→c'], removedNodes: ['b'], removedEdges: ['a→b'] });
  });

  it('gives a copy that later events do not reach', () => {
    const graph = new Graph();
    graph.applySnapshot({ revision: 1, nodes: [group('a')], edges: [] });
    const copy = graph.copy();
    graph.applyDelta({ revision: 2, nodes: [group('b')] });
    expect([...copy.nodes.keys()]).toEqual(['a']);
  });
});
