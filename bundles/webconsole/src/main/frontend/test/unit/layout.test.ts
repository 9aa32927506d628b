import { describe, expect, it } from 'vitest';
import { viewOf } from '../../src/domain/view';
import { settle } from '../../src/map/forces';
import { arrange, type LayoutInput } from '../../src/map/layout';
import { Scene } from '../../src/map/scene';
import { edge, graphOf, group } from './things';

const ALL = { namespaces: new Set<string>(), hidden: new Set<string>(), folding: { base: 'none' as const, except: new Set<string>() } };

function world(groups: number, flows: number, domains: number): LayoutInput {
  const nodes = Array.from({ length: groups }, (_, i) => ({ cluster: `ns${i % domains}` }));
  const links = Array.from({ length: flows }, (_, i) => [(i * 7) % groups, (i * 13 + 5) % groups] as const);
  return { nodes, links };
}

function closest(positions: Float64Array): number {
  let best = Infinity;
  for (let i = 0; i < positions.length; i += 2) {
    for (let j = 0; j < i; j += 2) {
      best = Math.min(best, Math.hypot((positions[i] ?? 0) - (positions[j] ?? 0), (positions[i + 1] ?? 0) - (positions[j + 1] ?? 0)));
    }
  }
  return best;
}

describe('arrange', () => {
  it('reads from left to right along the traffic', () => {
    const nodes = [0, 1, 2, 3].map(() => ({ cluster: 'shop' }));
    const at = arrange({ nodes, links: [[2, 1], [1, 0], [1, 3]] });
    expect(at[4]).toBeLessThan(at[2] ?? NaN);
    expect(at[2]).toBeLessThan(at[0] ?? NaN);
    expect(at[0]).toBe(at[6]);
  });

  it('gives the same picture each time, without overlaps', () => {
    const input = world(300, 900, 12);
    const first = arrange(input);
    expect(arrange(input)).toEqual(first);
    expect(closest(first)).toBeGreaterThan(60);
  });

  it('settles large clusters without overlaps', () => {
    const at = arrange(world(120, 300, 1), settle);
    expect([...at].every(Number.isFinite)).toBe(true);
    expect(closest(at)).toBeGreaterThan(40);
  });

  it('ends on cycles and self loops', () => {
    const nodes = [{ cluster: 'a' }, { cluster: 'a' }, { cluster: 'a' }];
    const at = arrange({ nodes, links: [[0, 1], [1, 2], [2, 0], [1, 1]] });
    expect(closest(at)).toBeGreaterThan(60);
  });

  it('moves nothing that has its place, and puts newcomers where it is free', () => {
    const fixed = { x: 100, y: 100 };
    const at = arrange({ nodes: [{ cluster: 'a', at: fixed }, { cluster: 'a' }, { cluster: 'b' }, { cluster: 'a', near: fixed }], links: [[0, 1]] });
    expect([at[0], at[1]]).toEqual([100, 100]);
    expect(closest(at)).toBeGreaterThan(60);
  });
});

describe('Scene', () => {
  const before = [group('nv.a.x', 'x'), group('nv.b.x', 'x'), group('nv.c.y', 'y')];
  const flows = [edge('nv.a.x', 'nv.b.x')];
  const container = (id: string) => ({ id, kind: 'workload' as const, name: id, group: 'nv.b.x', domain: 'x' });

  function places(scene: Scene): Record<string, [number, number]> {
    return Object.fromEntries(scene.nodes.map((node) => [node.data.id, [node.x, node.y]]));
  }

  it('keeps every place when nodes and lines come', () => {
    const scene = new Scene();
    scene.update(viewOf(graphOf(before, flows), ALL));
    const known = places(scene);
    scene.update(viewOf(graphOf([group('nv.0.z', 'z'), ...before, group('nv.d.x', 'x')], [...flows, edge('nv.c.y', 'nv.d.x')]), ALL));
    expect(places(scene)).toMatchObject(known);
    expect(scene.nodes).toHaveLength(5);
  });

  it('opens a group into containers around its place, and closes it to where it was', () => {
    const scene = new Scene();
    scene.update(viewOf(graphOf(before, flows), ALL));
    const known = places(scene);
    const [a, , c] = before;
    scene.update(viewOf(graphOf([a as never, container('c1'), container('c2'), c as never], [edge('nv.a.x', 'c1')]), ALL));
    const open = places(scene);
    expect(open['nv.a.x']).toEqual(known['nv.a.x']);
    expect(open['nv.c.y']).toEqual(known['nv.c.y']);
    const [gx, gy] = known['nv.b.x'] ?? [NaN, NaN];
    for (const id of ['c1', 'c2']) expect(Math.hypot((open[id]?.[0] ?? 0) - gx, (open[id]?.[1] ?? 0) - gy)).toBeLessThan(200);
    scene.update(viewOf(graphOf(before, flows), ALL));
    expect(places(scene)).toEqual(known);
  });

  it('finds nodes and lines under the pointer, also after a move', () => {
    const scene = new Scene();
    scene.update(viewOf(graphOf(before, flows), ALL));
    const node = scene.byId.get('nv.a.x');
    if (!node) throw new Error('no node');
    scene.move(node, 5000, 5000);
    expect(scene.nodeAt(5003, 4997, 0)).toBe(node);
    const curve = scene.edges[0]?.curve;
    if (!curve) throw new Error('no line');
    expect(scene.edgeAt(curve.x0, curve.y0, 5)?.data.id).toBe('nv.a.x→nv.b.x');
    expect(scene.edgeAt(-9999, 0, 5)).toBeUndefined();
  });

  it('asks for settling only when a new cluster is large', () => {
    const scene = new Scene();
    const crowd = Array.from({ length: 40 }, (_, i) => group(`nv.g${i}.x`, 'x'));
    expect(scene.update(viewOf(graphOf(before, flows), ALL))).toBeUndefined();
    expect(scene.update(viewOf(graphOf([...before, ...crowd.map((node) => ({ ...node, domain: 'new' }))], flows), ALL))).toBeDefined();
  });
});
